#include "reports/handover_lists.hpp"

#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/finding_catalogue.hpp"
#include "engine/profile.hpp"
#include "engine/staged_list.hpp"
#include "mapping/email.hpp"
#include "reports/dictionary.hpp"
#include "reports/sections.hpp"
#include "reports/workflow_package.hpp"
#include "store/ledger_views.hpp"
#include "store/pairs.hpp"
#include "store/staged_questions.hpp"

namespace flit::reports {
namespace {

using store::sql::Connection;

std::string text_of(std::uint64_t number) {
  return std::to_string(number);
}

/// What people call a record: the first of these fields that it has.
std::string called(json::Value payload) {
  for (const char* field : {"full_name", "name", "subject", "label"})
    if (std::string text = engine::text_of(payload, field); !text.empty()) return text;
  return {};
}

std::string called(const ReportInputs& inputs, Connection& reader, std::string_view object,
                   std::string_view id) {
  const auto staged = inputs.environment.books.staging.find(reader, object, id);
  if (!staged || !*staged) return {};
  const auto payload = json::parse((*staged)->record.payload);
  return payload ? called(payload->root()) : std::string();
}

Result<ListDigest> list_lines(const Package& package, store::Lines which, ListShape shape) {
  shape.columns = {"Object", "Source id", "Role",  "Outcome",
                   "Reason", "Detail",    "Table", "Id there"};
  ListWriter list(package.folder, package.workbook, std::move(shape));
  FLIT_TRY_VOID(package.inputs.environment.ledger.read([&](Connection& reader) {
    return store::outcome_lines(reader, which, [&](const store::OutcomeLine& line) -> Result<void> {
      list.add({line.object, line.source_id, line.role, std::string(to_string(line.outcome)),
                line.reason, line.detail, line.table, line.target_id});
      return {};
    });
  }));
  return list.finish();
}

}  // namespace

Result<ListDigest> list_trouble(const Package& package) {
  return list_lines(package, store::Lines::troubled,
                    {.file = "not_moved.csv", .title = "Records that did not move"});
}

Result<ListDigest> list_outcomes(const Package& package) {
  return list_lines(package, store::Lines::all,
                    {.file = "outcomes.csv", .title = "What became of every record"});
}

Result<ListDigest> list_owners(const Package& package) {
  ListWriter list(
      package.folder, package.workbook,
      {"owners.csv",
       "Owners",
       {"Source id", "Name", "E-mail", "Class", "Records", "Owner there", "Kind", "Fallback"}});
  FLIT_TRY_VOID(package.inputs.environment.ledger.read([&](Connection& reader) -> Result<void> {
    FLIT_TRY(owners, store::owners(reader));
    for (const store::OwnerRow& owner : owners)
      list.add({owner.source_id.empty() ? "(none)" : owner.source_id, owner.name, owner.email,
                owner.verdict, text_of(owner.records), owner.target_id.value_or(""),
                owner.target_kind, owner.fallback ? "yes" : "no"});
    return {};
  }));
  return list.finish();
}

namespace {

/// The address of a record by which it shares a group, as it is written there.
std::string shared_address(const packs::SharedValueRule& rule, json::Value payload,
                           std::int64_t hash) {
  for (const std::string& field : rule.fields) {
    const std::string all = engine::text_of(payload, field);
    for (const std::string_view one : text::split(all, ";"))
      if (store::value_hash(mapping::email_key(one)) == hash) return std::string(text::trim(one));
  }
  return {};
}

Result<void> list_group_of(const Package& package, const packs::SharedValueRule& rule,
                           Connection& reader, ListWriter& list) {
  std::optional<std::int64_t> group;
  std::uint64_t number = 0;
  return store::shared_values(
      reader, rule.code, [&](std::int64_t hash, std::string_view id) -> Result<void> {
        if (group != hash) ++number;
        group = hash;
        FLIT_TRY(staged, package.inputs.environment.books.staging.find(reader, rule.object, id));
        if (!staged) return {};
        FLIT_TRY(payload, json::parse(staged->record.payload));
        list.add({begun(engine::title_of(rule.code)), text_of(number),
                  shared_address(rule, payload.root(), hash), rule.object, std::string(id),
                  called(payload.root())});
        return {};
      });
}

}  // namespace

Result<ListDigest> list_duplicates(const Package& package) {
  ListWriter list(
      package.folder, package.workbook,
      {"duplicates.csv", "Duplicates", {"What", "Group", "Value", "Object", "Source id", "Name"}});
  const auto read = package.inputs.environment.ledger.read([&](Connection& reader) -> Result<void> {
    for (const packs::SharedValueRule& rule : package.inputs.path.quality.shared)
      FLIT_TRY_VOID(list_group_of(package, rule, reader, list));
    return {};
  });
  if (!read) return Error(read.error());
  return list.finish();
}

namespace {

bool moves(const DictionaryLine& line) {
  return !line.table.empty();
}

std::string share_of(const DictionaryLine& line) {
  if (line.records == 0) return {};
  return fmt::format("{:.1f} %",
                     100.0 * static_cast<double>(line.filled) / static_cast<double>(line.records));
}

}  // namespace

Result<ListDigest> list_dictionary(const Package& package) {
  FLIT_TRY(observed, engine::observed_fields(package.inputs.environment));
  ListWriter list(package.folder, package.workbook,
                  {"data_dictionary.csv",
                   "Data dictionary",
                   {"Object", "Field", "Label", "Type", "Filled", "Different values", "Longest",
                    "Table", "Column", "Column label", "Column type", "How", "Conversion", "Row"}});
  for (const DictionaryLine& line : dictionary(package.inputs, observed))
    if (moves(line))
      list.add({line.object, line.field.empty() ? "(constant)" : line.field, line.label, line.type,
                share_of(line), text_of(line.distinct), text_of(line.longest), line.table,
                line.column, line.column_label, line.column_type, line.fate, line.conversion,
                line.row});
  return list.finish();
}

Result<ListDigest> list_left_fields(const Package& package) {
  FLIT_TRY(observed, engine::observed_fields(package.inputs.environment));
  ListWriter list(package.folder, package.workbook,
                  {"fields_left_behind.csv",
                   "Fields left behind",
                   {"Object", "Field", "Label", "Type", "Records with a value", "Why", "Reason"}});
  for (const DictionaryLine& line : dictionary(package.inputs, observed))
    if (!moves(line))
      list.add({line.object, line.field, line.label, line.type, text_of(line.filled), line.fate,
                line.because});
  return list.finish();
}

Result<ListDigest> list_findings(const Package& package) {
  ListWriter list(package.folder, package.workbook,
                  {"findings.csv",
                   "Findings",
                   {"Stage", "Code", "What", "Object", "Field", "Count", "Remedy", "Source id"}});
  const auto read = package.inputs.environment.ledger.read([&](Connection& reader) -> Result<void> {
    FLIT_TRY(findings, store::findings(reader, {}));
    for (const store::Finding& finding : findings) {
      std::uint64_t listed = 0;
      const auto add = [&](std::string_view id) -> Result<void> {
        ++listed;
        list.add({finding.stage, finding.code, begun(finding.message), finding.object,
                  finding.field, text_of(finding.count), finding.remedy, std::string(id)});
        return {};
      };
      FLIT_TRY_VOID(store::finding_records(reader, finding, add));
      if (listed == 0) FLIT_TRY_VOID(add({}));
    }
    return {};
  });
  if (!read) return Error(read.error());
  return list.finish();
}

Result<ListDigest> list_pairs(const Package& package) {
  ListWriter list(package.folder, package.workbook,
                  {"pairs.csv",
                   "Pairs",
                   {"Kind", "One", "Name", "Other", "Name of the other", "Named by", "Linked"}});
  const auto& rules = package.inputs.path.quality.pairs;
  const auto read = package.inputs.environment.ledger.read([&](Connection& reader) -> Result<void> {
    for (const packs::PairRule& rule : rules)
      FLIT_TRY_VOID(store::pairs(reader, rule.name, [&](const store::Pair& pair) -> Result<void> {
        const bool linked = pair.linkable && !rule.code.empty();
        list.add({pair.name, pair.one, called(package.inputs, reader, rule.of, pair.one),
                  pair.other, called(package.inputs, reader, rule.of, pair.other), pair.named_by,
                  linked ? "yes" : "no"});
        return {};
      }));
    return {};
  });
  if (!read) return Error(read.error());
  return list.finish();
}

Result<ListDigest> list_files(const Package& package) {
  ListWriter list(package.folder, package.workbook,
                  {"files.csv",
                   "Files that stay behind",
                   {"Source id", "Name", "Bytes", "Type", "Status", "Beyond the limit"}});
  const std::uint64_t limit = package.inputs.destination_facts.max_file_bytes;
  FLIT_TRY_VOID(engine::each_staged(
      package.inputs.environment, package.inputs.path.quality.pictures.list,
      [&](Connection&, const std::string& id, json::Value file) -> Result<void> {
        const std::string size = engine::text_of(file, "size");
        const auto bytes = Decimal::parse(size);
        const bool beyond =
            bytes && limit > 0 && *bytes > Decimal::of(static_cast<std::int64_t>(limit));
        list.add({id, engine::text_of(file, "name"), size, engine::text_of(file, "mime_type"),
                  engine::text_of(file, "status"), beyond ? "yes" : "no"});
        return {};
      }));
  return list.finish();
}

Result<ListDigest> list_workflows(const Package& package) {
  FLIT_TRY(workflows, write_workflows(package.inputs, package.folder / "workflows.json"));
  ListWriter list(package.folder, package.workbook,
                  {"workflows.csv",
                   "Workflows to rebuild",
                   {"Source id", "Name", "Object", "Kind", "Active", "Steps", "Dead references"}});
  for (const WorkflowLine& one : workflows)
    list.add({one.id, one.name, one.object, one.type, one.active ? "yes" : "no",
              text_of(one.actions), text::join(one.dead, "; ")});
  return list.finish();
}

Result<ListDigest> list_audit(const Package& package) {
  ListWriter list(
      package.folder, package.workbook,
      {"audit_extract.csv", "Audit extract", {"When", "Stream", "Number", "What", "Facts"}});
  FLIT_TRY_VOID(package.inputs.environment.ledger.read([&](Connection& reader) {
    return store::fact_lines(reader, [&](const store::FactLine& fact) -> Result<void> {
      list.add({format_instant(fact.at), fact.stream, std::to_string(fact.number), fact.kind,
                fact.body});
      return {};
    });
  }));
  return list.finish();
}

}  // namespace flit::reports
