// BulkDelete (fact sheet §14): a system job that deletes what QueryExpressions find. The job is
// done when the answer leaves, whatever StartDateTime and RecurrencePattern say.

#include <algorithm>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/api/reading.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/odata/fetch_conditions.hpp"
#include "sim/dataverse/rules/direct_row.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int deepest_filter = 32;

/// QueryExpression's name of an operator as FetchXML's: "GreaterEqual" → "ge", "OnOrAfter" →
/// "on-or-after".
std::string fetch_operator(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> special[] = {
      {"Equal", "eq"},
      {"NotEqual", "ne"},
      {"GreaterThan", "gt"},
      {"GreaterEqual", "ge"},
      {"LessThan", "lt"},
      {"LessEqual", "le"},
      {"DoesNotBeginWith", "not-begin-with"},
      {"DoesNotEndWith", "not-end-with"}};
  for (const auto& [expression, fetch] : special)
    if (name == expression) return std::string(fetch);
  std::string text;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !text.empty()) text += '-';
    text += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

Answer<odata::Condition> bind_one(const Reading& reading, const StoreTable& view,
                                  json::Value given) {
  odata::FetchCondition condition;
  condition.attribute = std::string(given["AttributeName"].string_or(""));
  condition.op = fetch_operator(given["Operator"].string_or(""));
  for (const json::Value value : given["Values"].elements())
    condition.values.emplace_back(
        value["Value"].string_or(value["Value"].as_number().value_or("")));
  auto bound = odata::bind_fetch_condition(condition, view, reading.context);
  if (!bound) return refuse(refusal_of(bound.error()));
  return std::move(*bound);
}

/// A FilterExpression: its conditions and filters under one operator.
Answer<odata::Condition> bind_filter(const Reading& reading, const StoreTable& view,
                                     json::Value filter, int depth = 0) {
  using Kind = odata::Condition::Kind;
  if (depth > deepest_filter)
    return refuse(errors::invalid_argument("The filters of a query are nested too deeply."));
  const bool either = filter["FilterOperator"].string_or("And") == "Or";
  odata::Condition bound{.kind = either ? Kind::disjunction : Kind::conjunction};
  for (const json::Value condition : filter["Conditions"].elements()) {
    FLIT_TRY(one, bind_one(reading, view, condition));
    bound.children.push_back(std::move(one));
  }
  for (const json::Value nested : filter["Filters"].elements()) {
    FLIT_TRY(one, bind_filter(reading, view, nested, depth + 1));
    bound.children.push_back(std::move(one));
  }
  if (bound.children.empty())
    return odata::Condition{.kind = Kind::constant, .truth = odata::Truth::yes};
  return bound;
}

struct Failed {
  Cell row{};
  Refusal why{};
};

struct Outcome {
  std::int64_t succeeded = 0;
  std::vector<Failed> failed{};
};

/// Row by row, each in its own right: what is deleted stays deleted (§14).
Answer<void> delete_found(Session& session, json::Value query, Outcome& outcome) {
  const Table* table = session.org.catalogue->table(query["EntityName"].string_or(""));
  if (table == nullptr)
    return refuse(errors::other(400, 0x80041102, "The specified entity was not found."));
  FLIT_TRY_VOID(require(session.org, session.call.caller, AccessRight::read, *table));
  std::vector<Uuid> ids;
  {
    Reading reading(session);
    const StoreTable& view = reading.views.of(*table);
    FLIT_TRY(condition, bind_filter(reading, view, query["Criteria"]));
    const odata::Predicate predicate(std::move(condition));
    view.scan({}, [&](const odata::RowView& row) {
      if (predicate.matches(row)) ids.push_back(row.id());
      return true;
    });
  }
  for (const Uuid& id : ids) {
    if (session.org.store->row(*table, id) == nullptr) continue;  // a cascade took it
    const std::size_t mark = session.work->tx.mark();
    if (auto done = delete_row(*session.work, *table, id)) {
      ++outcome.succeeded;
    } else {
      session.work->tx.roll_back_to(mark);
      outcome.failed.push_back({Cell::lookup(table->index, id), std::move(done).error()});
    }
  }
  return {};
}

/// statecode 3, statuscode 30: what a finished job shows (§14).
Uuid note_job(Session& session, std::string_view name) {
  const Table& jobs = session.org.table("asyncoperation");
  const Uuid job = session.org.ids.fresh();
  put_direct(*session.work, jobs, job,
             {{"name", Cell::of_text(name)}, {"operationtype", Cell::integer(13)}});
  std::unique_ptr<Row> done = session.org.store->row(jobs, job)->copy();
  done->head.state = 3;
  done->head.status = 30;
  session.work->tx.put(jobs, std::move(done));
  return job;
}

void note_outcome(Session& session, const Uuid& job, std::string_view name,
                  const Outcome& outcome) {
  const Cell job_cell = Cell::lookup(session.org.table("asyncoperation").index, job);
  const Table& operations = session.org.table("bulkdeleteoperation");
  const Uuid operation = session.org.ids.fresh();
  put_direct(*session.work, operations, operation,
             {{"name", Cell::of_text(name)},
              {"asyncoperationid", job_cell},
              {"successcount", Cell::integer(outcome.succeeded)},
              {"failurecount", Cell::integer(static_cast<std::int64_t>(outcome.failed.size()))}});
  for (const Failed& failed : outcome.failed)
    put_direct(*session.work, session.org.table("bulkdeletefailure"), session.org.ids.fresh(),
               {{"asyncoperationid", job_cell},
                {"bulkdeleteoperationid", Cell::lookup(operations.index, operation)},
                {"regardingobjectid", failed.row},
                {"errornumber", Cell::integer(static_cast<std::int32_t>(failed.why.code))},
                {"errordescription", Cell::of_text(failed.why.message)}});
}

}  // namespace

Answer<ApiReply> bulk_delete(Session& session) {
  FLIT_TRY(document, read_body(session.call, "BulkDelete"));
  FLIT_TRY_VOID(require_privilege(session.org, session.call.caller, "prvBulkDelete"));  // §14
  const json::Value body = document.root();
  Outcome outcome;
  for (const json::Value query : body["QuerySet"].elements())
    FLIT_TRY_VOID(delete_found(session, query, outcome));
  const std::string name(body["JobName"].string_or("Bulk delete"));
  const Uuid job = note_job(session, name);
  note_outcome(session, job, name, outcome);
  json::Writer out = response_of(session, "BulkDeleteResponse");
  out.member("JobId", job.text()).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
