#include "sim/interactive/truth/judgement.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/text.hpp"

namespace flit::sim::interactive {

namespace {

// Dataverse: opportunity.estimatedvalue lies in ±1,000,000,000,000 (the table's own metadata);
// attachments are limited in bytes of base64, at most 131,072,000 (facts/dataverse.md §12)
constexpr std::int64_t most_estimated_value = 1'000'000'000'000;
constexpr std::uint64_t most_annotation_bytes = 131'072'000ULL / 4 * 3;
constexpr std::uint64_t most_salesforce_bytes = 25ULL << 20U;  // facts/sources.md XI-20, IS-10

Outcome without_target(std::string outcome, std::string reason) {
  return {.outcome = std::move(outcome), .reason = std::move(reason)};
}

std::string custom_target(const ObjectSchema& schema, bool dynamics) {
  std::string name = text::slug(schema.label);
  std::replace(name.begin(), name.end(), '.', '_');
  std::replace(name.begin(), name.end(), '-', '_');
  if (dynamics) return "flit_" + name;
  if (!name.empty()) name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + "__c";
}

struct Targets {
  std::string_view object;
  std::string_view dynamics;
  std::string_view salesforce;
};

constexpr Targets targets[] = {{"contacts", "contact", "Contact"},
                               {"companies", "account", "Account"},
                               {"deals", "opportunity", "Opportunity"},
                               {"calls", "phonecall", "Task"},
                               {"emails", "email", "Task"},
                               {"meetings", "appointment", "Event"},
                               {"tasks", "task", "Task"},
                               {"notes", "annotation", "ContentNote"}};

}  // namespace

bool names_any(const Property& property, std::string_view value,
               std::initializer_list<std::string_view> words) {
  const std::string folded = text::fold(value);
  const Option* const option = property.option(value);
  const std::string label = option == nullptr ? std::string() : text::fold(option->label);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return folded == word || (!label.empty() && label == word);
  });
}

Judge::Judge(const Dataset& data, const TruthSettings& settings)
    : data_(data), settings_(settings) {
  if (settings_.file_limit == 0)
    settings_.file_limit = is_dynamics() ? most_annotation_bytes : most_salesforce_bytes;
  const auto view = data.edge_view("deals", "contacts");
  const RecordTable& deals = data.require("deals");
  if (!view) return;
  for (const Edge& edge : view->table->edges()) {
    const Row* const deal = edge.archived ? nullptr : deals.find(edge.from);
    if (deal == nullptr || deal->is_archived()) continue;
    const Stage* const stage = data.stage(deals.text(*deal, "stage_id")).stage;
    if (stage != nullptr && stage->closed && stage->won.value_or(false))
      won_contacts_.insert(edge.to);
  }
}

Outcome Judge::usual(const ObjectSchema& schema) const {
  for (const Targets& one : targets)
    if (one.object == schema.name)
      return {.target = std::string(is_dynamics() ? one.dynamics : one.salesforce)};
  return {.target = custom_target(schema, is_dynamics())};
}

Outcome Judge::usual_file() const {
  return {.target = is_dynamics() ? "annotation" : "ContentVersion"};
}

bool Judge::has_live(std::string_view object, std::uint64_t id) const {
  const RecordTable* const table = data_.table(object);
  const Row* const row = table == nullptr ? nullptr : table->find(id);
  return row != nullptr && !row->is_archived();
}

bool Judge::has_any(std::string_view object, std::uint64_t id) const {
  const RecordTable* const table = data_.table(object);
  return table != nullptr && table->find(id) != nullptr;
}

bool Judge::is_routed_away(const RecordTable& contacts, const Row& row) const {
  const auto& properties = contacts.schema().properties();
  if (is_dynamics())
    return names_any(properties[*contacts.schema().index_of("lifecycle_stage")],
                     contacts.text(row, "lifecycle_stage"),
                     {"lead", "prospect", "marketing qualified"});
  return names_any(properties[*contacts.schema().index_of("status")], contacts.text(row, "status"),
                   {"lead", "prospect"}) &&
         !won_contacts_.contains(row.id);
}

Outcome Judge::of_archived(const RecordTable& table, const Row& row) const {
  Cells cells;
  table.read(row, cells);
  if (cells.merged_into.empty()) return without_target("skipped", "archived");
  std::set<std::uint64_t> been{row.id};
  for (auto into = parse_id(unquoted(cells.merged_into)); into;) {
    if (!been.insert(*into).second) return without_target("skipped", "merge_loop");
    const Row* const next = table.find(*into);
    if (next == nullptr) return without_target("skipped", "merge_target_purged");
    if (!next->is_archived()) return {.outcome = "merged", .into = std::to_string(*into)};
    table.read(*next, cells);
    into = parse_id(unquoted(cells.merged_into));
  }
  return without_target("skipped", "merge_target_archived");
}

Outcome Judge::of(const RecordTable& table, const Row& row) const {
  if (row.is_archived()) return of_archived(table, row);
  const std::string& object = table.schema().name;
  Outcome outcome = usual(table.schema());
  if (object == "contacts" && is_routed_away(table, row)) {
    outcome.target = is_dynamics() ? "lead" : "Lead";
    outcome.routed = true;
  }
  if (object == "deals" && is_dynamics()) {
    const auto amount = Decimal::parse(table.text(row, "amount"));
    if (amount && amount->absolute() > Decimal::of(most_estimated_value))
      return without_target("failed", "out_of_range");
  }
  if (object == "meetings") {
    const std::int64_t starts = parse_ms(table.value(row, "starts_at"));
    const std::int64_t ends = parse_ms(table.value(row, "ends_at"));
    if (starts != no_time && ends != no_time && ends < starts)
      return without_target("held", "end_before_start");
  }
  return outcome;
}

const std::string& Judge::sha256_of(const File& file) const {
  std::string& hash = hashes_[file.id];
  if (hash.empty()) hash = file.content.sha256();
  return hash;
}

Outcome Judge::of_file(const File& file) const {
  if (file.archived_ms != 0) return without_target("skipped", "archived");
  if (file.status == FileStatus::quarantined) return without_target("skipped", "file_quarantined");
  if (file.status == FileStatus::missing) return without_target("skipped", "file_gone");
  if (file.content.size() > settings_.file_limit) return without_target("held", "oversized");
  if (!file.checksum.empty()) {
    const std::string real =
        file.checksum_algorithm == "md5" ? file.content.md5() : sha256_of(file);
    if (real != file.checksum) return without_target("failed", "checksum_mismatch");
  }
  return usual_file();
}

}  // namespace flit::sim::interactive
