// Edges, stage history, and whether everything came out as expected.

#include <algorithm>
#include <set>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "sim/interactive/folder/loading.hpp"

namespace flit::sim::interactive {

namespace {

/// An attribute's value: a number as it is, everything else as text.
std::string attribute_json(const std::string& text) {
  const auto number = Decimal::parse(text);
  if (number && number->as_integer()) return std::to_string(*number->as_integer());
  std::string out;
  json::append_quoted(out, text);
  return out;
}

}  // namespace

Error check_error(const CheckSpec& check, const std::string& what, const std::string& found,
                  const std::string& expected) {
  return Error{.fault = Fault::setup,
               .message = what + " is " + found + ", expected " + expected,
               .where = check.at.text(),
               .remedy = "Correct the manifest or the data; nothing is served until it holds."};
}

namespace {

/// What a check counts, over the rows that it means.
class Tally {
 public:
  void add(const CheckSpec& check, const RecordTable& table, const Row& row) {
    ++count_;
    for (const auto& [name, expected] : check.sum) {
      const auto value = Decimal::parse(table.text(row, name));
      const auto sum = value ? sums_[name].plus(*value) : Error{};
      if (sum) sums_[name] = *sum;
    }
    for (const auto& [name, expected] : check.distinct)
      if (const std::string value = table.text(row, name); !value.empty())
        values_[name].insert(value);
  }

  Result<void> compare(const CheckSpec& check) {
    if (check.count && count_ != *check.count)
      return check_error(check, "the count of " + *check.object, std::to_string(count_),
                         std::to_string(*check.count));
    for (const auto& [name, expected] : check.sum)
      if (const auto wanted = Decimal::parse(expected.text); !wanted || sums_[name] != *wanted)
        return check_error(check, "the sum of " + name, sums_[name].text(), expected.text);
    for (const auto& [name, expected] : check.distinct)
      if (values_[name].size() != expected)
        return check_error(check, "the number of different values of " + name,
                           std::to_string(values_[name].size()), std::to_string(expected));
    return {};
  }

 private:
  std::size_t count_ = 0;
  std::map<std::string, Decimal> sums_;
  std::map<std::string, std::set<std::string>> values_;
};

}  // namespace

Result<void> Loading::make_edges_of(const EdgeSpec& spec) {
  if (data_.table(spec.from) == nullptr || data_.table(spec.to) == nullptr)
    return Error{.fault = Fault::setup,
                 .message = "there is no object '" +
                            (data_.table(spec.from) == nullptr ? spec.from : spec.to) + "'"};
  EdgeTable& edges = data_.edge_table(spec.from, spec.to);
  if (spec.primary) edges.type().has_primary = true;
  FLIT_TRY(rows, places(spec.rows, spec.where));
  for (RowPlace& place : rows) FLIT_TRY_VOID(make_edge(spec, place, edges));
  for (const auto& [name, value] : spec.attributes) {
    Property attribute{.name = name, .label = label_of(name)};
    attribute.type = PropertyType::string;
    edges.type().attributes.push_back(std::move(attribute));
  }
  return {};
}

/// None where the row leaves an end empty.
Result<void> Loading::make_edge(const EdgeSpec& spec, RowPlace& place, EdgeTable& edges) {
  place.self = spec.from;
  FLIT_TRY(from, evaluator_.value(spec.from_id, place));
  place.self = spec.to;
  FLIT_TRY(to, evaluator_.value(spec.to_id, place));
  if (!from || !to) return {};
  const auto from_id = parse_id(*from);
  const auto to_id = parse_id(*to);
  if (!from_id || !to_id) return row_error(place, "an edge needs ids that are numbers");
  FLIT_TRY(label, text(spec.label, place));
  FLIT_TRY(attributes, attributes_of(spec, place));
  const bool forward = edges.type().from == spec.from;
  const Row* const row = data_.require(spec.from).find(*from_id);
  edges.add({.from = forward ? *from_id : *to_id,
             .to = forward ? *to_id : *from_id,
             .label = label,
             .primary = spec.primary,
             .created_ms = row == nullptr ? data_.clock_ms : row->created_ms,
             .attributes = attributes});
  return {};
}

/// A JSON object; empty text when there are none.
Result<std::string> Loading::attributes_of(const EdgeSpec& spec, const RowPlace& place) {
  std::string attributes;
  for (const auto& [name, value] : spec.attributes) {
    FLIT_TRY(made, evaluator_.value(value, place));
    if (!made) continue;
    attributes += (attributes.empty() ? "{\"" : ",\"") + name + "\":" + attribute_json(*made);
  }
  if (!attributes.empty()) attributes += '}';
  return attributes;
}

Result<void> Loading::make_edges() {
  for (const EdgeSpec& spec : manifest_.associations) FLIT_TRY_VOID(make_edges_of(spec));
  return {};
}

Result<void> Loading::make_entries_of(const EntrySpec& spec, std::vector<StageEntry>& entries) {
  FLIT_TRY(rows, places(spec.rows, spec.where));
  const RecordTable& deals = data_.require("deals");
  for (RowPlace& place : rows) {
    place.self = "deals";
    FLIT_TRY(deal, evaluator_.value(spec.deal, place));
    FLIT_TRY(label, evaluator_.value(spec.stage, place));
    FLIT_TRY(entered, evaluator_.value(spec.entered_at, place));
    if (!deal || !label || !entered) continue;
    const Row* const row = deals.find(parse_id(*deal).value_or(0));
    if (row == nullptr) return row_error(place, "there is no deal " + *deal);
    const std::string pipeline = deals.text(*row, "pipeline_id");
    const MadeText stage = evaluator_.stage_id(pipeline, *label);
    if (!stage) return row_error(place, "pipeline " + pipeline + " has no stage '" + *label + "'");
    entries.push_back({.deal_id = row->id,
                       .pipeline_id = parse_id(pipeline).value_or(0),
                       .stage_id = parse_id(*stage).value_or(0),
                       .entered_ms = parse_ms(*entered),
                       .by_user_id = parse_id(manifest_.defaults.created_by).value_or(0)});
  }
  return {};
}

Result<void> Loading::make_history() {
  std::vector<StageEntry> entries;
  for (const EntrySpec& spec : manifest_.stage_history)
    FLIT_TRY_VOID(make_entries_of(spec, entries));
  std::stable_sort(entries.begin(), entries.end(), [](const StageEntry& a, const StageEntry& b) {
    return std::pair(a.deal_id, a.entered_ms) < std::pair(b.deal_id, b.entered_ms);
  });
  std::uint64_t id = data_.history.empty() ? 0 : data_.history.back().id;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].id = ++id;
    if (i + 1 < entries.size() && entries[i + 1].deal_id == entries[i].deal_id)
      entries[i].exited_ms = entries[i + 1].entered_ms;
    data_.history.push_back(entries[i]);
  }
  return {};
}

bool Loading::is_meant(const CheckSpec& check, const RecordTable& table, const Row& row) const {
  return std::all_of(check.where.begin(), check.where.end(), [&](const auto& one) {
    if (one.first != "stage") return table.text(row, one.first) == one.second.text;
    const auto found = data_.stage(table.text(row, "stage_id"));
    return found.stage != nullptr && found.stage->label == one.second.text;
  });
}

Result<void> Loading::check_records(const CheckSpec& check) const {
  const RecordTable* const table = data_.table(*check.object);
  if (table == nullptr)
    return check_error(check, "the object " + *check.object, "missing", "there");
  Tally tally;
  for (const Row& row : table->rows())
    if (is_meant(check, *table, row)) tally.add(check, *table, row);
  return tally.compare(check);
}

Result<void> Loading::check() const {
  for (const CheckSpec& check : manifest_.checks) {
    if (check.object) {
      FLIT_TRY_VOID(check_records(check));
      continue;
    }
    std::size_t count = data_.history.size();
    std::string what = "the stage history";
    if (check.association) {
      what = "the association " + *check.association;
      const auto ends = text::split(*check.association, "→");
      const auto view = ends.size() == 2 ? data_.edge_view(ends[0], ends[1]) : std::nullopt;
      if (!view) return check_error(check, what, "missing", "there");
      count = view->table->edges().size();
    }
    if (check.count && count != *check.count)
      return check_error(check, "the count of " + what, std::to_string(count),
                         std::to_string(*check.count));
  }
  return {};
}

}  // namespace flit::sim::interactive
