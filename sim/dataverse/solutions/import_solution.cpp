// ImportSolution and ImportSolutionAsync: a solution file that defines process flows (§12). The
// requests
// as Microsoft's samples send them [S: PS JS FunctionsAndActions.js; dataverse-docs, "Work with
// solutions"]. Components of other kinds are refused: what they do is not simulated.

#include <algorithm>

#include "base/encoding.hpp"
#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/solutions/solution_content.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int table_component = 1, process_component = 29;

Answer<SolutionContent> content_of(json::Value body) {
  const auto bytes = base64::decode(body["CustomizationFile"].string_or(""));
  if (!bytes)
    return refuse(errors::payload("ImportSolution", "'CustomizationFile' is no base64 text."));
  auto files = unpack_solution(*bytes);
  if (!files) return refuse(refusal_of(files.error()));
  auto content = read_solution(*files);
  if (!content) return refuse(refusal_of(content.error()));
  return std::move(*content);
}

Refusal import_failed(const std::string& why) {
  return errors::other(400, 0x80048033, "An error occurred while importing a Solution. " + why);
}

Answer<void> check_components(const Session& session, const SolutionContent& content) {
  for (const int type : content.component_types)
    if (type != table_component && type != process_component)
      return refuse(
          import_failed("Components of type " + std::to_string(type) + " are not simulated here."));
  for (const std::string& table : content.tables) {
    const bool flow = std::find(content.flow_tables.begin(), content.flow_tables.end(), table) !=
                      content.flow_tables.end();
    if (!flow && session.org.catalogue->table(table) == nullptr)
      return refuse(import_failed("The table '" + table + "' does not exist; make it first."));
  }
  for (const PackedWorkflow& workflow : content.workflows)
    if (workflow.category != 4)
      return refuse(import_failed("The process '" + workflow.name +
                                  "' is no business process flow; others are not simulated here."));
  return {};
}

/// The row whose `column` says `text`; none if there is none.
std::optional<Uuid> find_row(const Organization& org, std::string_view table_name,
                             std::string_view column, std::string_view text) {
  const Table& table = org.table(table_name);
  const RecordTable* rows = org.store->find(table);
  std::optional<Uuid> found;
  if (rows != nullptr)
    rows->each([&](const Row& row) {
      if (row.cell(table.column(column)->index).text == text) found = row.head.id;
      return !found;
    });
  return found;
}

Uuid put_publisher(Session& session, const SolutionContent& content) {
  Organization& org = session.org;
  if (const auto known = find_row(org, "publisher", "uniquename", content.publisher)) return *known;
  const Uuid id = metadata_id_of("publisher", content.publisher);
  put_direct(*session.work, org.table("publisher"), id,
             {{"uniquename", Cell::of_text(content.publisher)},
              {"friendlyname", Cell::of_text(content.publisher_name)},
              {"customizationprefix", Cell::of_text(content.prefix)},
              {"customizationoptionvalueprefix", Cell::integer(content.option_prefix)}});
  return id;
}

void put_solution(Session& session, const SolutionContent& content) {
  Organization& org = session.org;
  const Uuid publisher = put_publisher(session, content);
  const Uuid id = find_row(org, "solution", "uniquename", content.unique_name)
                      .value_or(metadata_id_of("solution", content.unique_name));
  put_direct(*session.work, org.table("solution"), id,
             {{"uniquename", Cell::of_text(content.unique_name)},
              {"friendlyname", Cell::of_text(content.friendly_name)},
              {"version", Cell::of_text(content.version)},
              {"ismanaged", Cell::boolean(content.managed)},
              {"installedon", Cell::instant(org.now())},
              {"publisherid", Cell::lookup(org.table("publisher").index, publisher)}});
}

/// As a client would write it: created or updated, then activated, each with the table's rules.
Answer<void> put_workflow(Session& session, const PackedWorkflow& packed, bool publish) {
  Work& work = *session.work;
  const Table& table = session.org.table("workflow");
  RowDraft draft;
  const auto set = [&](std::string_view column, const Cell& cell) {
    draft.set(table.column(column)->index, cell);
  };
  set("name", Cell::of_text(packed.name));
  set("xaml", Cell::of_text(packed.xaml));
  set("processorder", Cell::integer(packed.process_order));
  if (session.org.store->row(table, packed.id) != nullptr) {
    FLIT_TRY_VOID(update_row(work, table, packed.id, draft));
  } else {
    draft.id = packed.id;
    set("uniquename", Cell::of_text(packed.unique_name));
    set("primaryentity", Cell::of_text(packed.primary_entity));
    set("category", Cell::integer(packed.category));
    set("type", Cell::integer(packed.type));
    set("scope", Cell::integer(packed.scope));
    set("businessprocesstype", Cell::integer(0));
    FLIT_TRY(made, create_row(work, table, draft));
    (void)made;
  }
  if (!publish || packed.state != 1) return {};
  RowDraft activation;
  activation.state = 1;
  return update_row(work, table, packed.id, activation);
}

Answer<void> import_content(Session& session, json::Value body, std::string& name) {
  FLIT_TRY(content, content_of(body));
  name = content.unique_name;
  FLIT_TRY_VOID(check_components(session, content));
  put_solution(session, content);
  const bool publish = body["PublishWorkflows"].as_boolean().value_or(false);
  for (const PackedWorkflow& workflow : content.workflows)
    FLIT_TRY_VOID(put_workflow(session, workflow, publish));
  return {};
}

std::string job_data(const std::string& solution, const Refusal* refusal) {
  return "<importexportxml succeeded=\"" + std::string(refusal == nullptr ? "true" : "false") +
         "\" status=\"" + (refusal == nullptr ? "succeeded" : "failed") +
         "\"><solutionManifests><solutionManifest><UniqueName>" + solution +
         "</UniqueName><result result=\"" + (refusal == nullptr ? "success" : "failure") +
         "\" errorcode=\"" + (refusal == nullptr ? "0" : refusal->code_text()) +
         "\" /></solutionManifest></solutionManifests></importexportxml>";
}

void put_import_job(Session& session, const Uuid& id, const std::string& solution,
                    const Refusal* refusal) {
  const Organization& org = session.org;
  const std::string data = job_data(solution, refusal);
  put_direct(*session.work, org.table("importjob"), id,
             {{"name", Cell::of_text("Customizations")},
              {"solutionname", Cell::of_text(solution)},
              {"progress", Cell::real(refusal == nullptr ? 100 : 0)},
              {"startedon", Cell::instant(org.now())},
              {"completedon", Cell::instant(org.now())},
              {"data", Cell::of_text(data)}});
}

void put_system_job(Session& session, const Uuid& id, const Refusal* refusal) {
  const Table& jobs = session.org.table("asyncoperation");
  const std::string message = refusal == nullptr ? "" : refusal->message;
  put_direct(*session.work, jobs, id,
             {{"name", Cell::of_text("ImportSolution")},
              {"message", message.empty() ? Cell{} : Cell::of_text(message)},
              {"startedon", Cell::instant(session.org.now())},
              {"completedon", Cell::instant(session.org.now())}});
  std::unique_ptr<Row> done = session.org.store->row(jobs, id)->copy();
  done->head.state = 3;
  done->head.status = refusal == nullptr ? 30 : 31;
  session.work->tx.put(jobs, std::move(done));
}

}  // namespace

Answer<ApiReply> import_solution(Session& session) {
  FLIT_TRY(document, read_body(session.call, "ImportSolution"));
  const auto wanted = Uuid::parse(document.root()["ImportJobId"].string_or(""));
  std::string name;
  FLIT_TRY_VOID(import_content(session, document.root(), name));
  const Uuid job = wanted && !wanted->is_nil() ? *wanted : session.org.ids.fresh();
  put_import_job(session, job, name, nullptr);
  return ApiReply::no_content();
}

/// The job is done when the answer leaves, and says whether it succeeded (30) or failed (31).
Answer<ApiReply> import_solution_async(Session& session) {
  FLIT_TRY(document, read_body(session.call, "ImportSolutionAsync"));
  const std::size_t mark = session.work->tx.mark();
  std::string name;
  const Answer<void> outcome = import_content(session, document.root(), name);
  if (!outcome) session.work->tx.roll_back_to(mark);
  const Refusal* refusal = outcome ? nullptr : &outcome.error();
  const Uuid import_job = session.org.ids.fresh(), system_job = session.org.ids.fresh();
  put_import_job(session, import_job, name, refusal);
  put_system_job(session, system_job, refusal);
  json::Writer out = response_of(session, "ImportSolutionAsyncResponse");
  out.member("ImportJobKey", import_job.text());
  out.member("AsyncOperationId", system_job.text()).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
