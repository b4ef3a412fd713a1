#include "sim/interactive/api/record_writer.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/text.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_names = 250;   // facts/sources.md §1.3
constexpr std::size_t inline_edges = 20;  // facts/sources.md §1.6

void append_id(std::string& out, std::uint64_t id) {
  out += '"';
  out += std::to_string(id);
  out += '"';
}

void append_time(std::string& out, std::int64_t ms) {
  out += '"';
  append_instant_text(out, ms);
  out += '"';
}

/// The first of a record's edges, up to inline_edges; returns how many there are.
std::size_t append_edges(std::string& out, const EdgeView& view, std::uint64_t record) {
  std::size_t count = 0;
  view.table->each(view.direction, record, [&](const Edge& edge) {
    if (++count > inline_edges) return;
    if (count > 1) out += ',';
    out += R"({"id":)";
    append_id(out, view.direction == Direction::forward ? edge.to : edge.from);
    out += edge.primary ? R"(,"primary":true,"label":)" : R"(,"primary":false,"label":)";
    if (edge.label == 0)
      out += "null";
    else
      json::append_quoted(out, view.table->label(edge));
    out += '}';
  });
  return count;
}

Checked<std::vector<std::size_t>> read_names(const ObjectSchema& schema, std::string_view names) {
  std::vector<std::size_t> indices;
  std::size_t count = 0;
  for (const std::string_view name : text::split(names, ",")) {
    if (name.empty()) continue;
    if (++count > most_names) return bad_parameter("properties", "max", std::to_string(count));
    const auto index = schema.index_of(name);
    if (!index)
      return refuse(400, "unknown_property",
                    schema.name + " has no property " + std::string(name) + ".");
    if (std::find(indices.begin(), indices.end(), *index) == indices.end())
      indices.push_back(*index);
  }
  return indices;
}

std::vector<std::size_t> chosen(const ObjectSchema& schema, bool all) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < schema.properties().size(); ++i) {
    const Property& property = schema.properties()[i];
    if (!property.archived && (all || property.is_default)) indices.push_back(i);
  }
  return indices;
}

}  // namespace

Checked<Projection> read_projection(const Dataset& data, const RecordTable& table,
                                    std::optional<std::string_view> properties,
                                    std::optional<std::string_view> associations) {
  Projection projection;
  if (!properties || *properties == "*") {
    projection.properties = chosen(table.schema(), properties.has_value());
  } else {
    auto indices = read_names(table.schema(), *properties);
    if (!indices) return tl::make_unexpected(indices.error());
    projection.properties = std::move(*indices);
  }
  if (!associations) return projection;
  for (const std::string_view name : text::split(*associations, ",")) {
    if (name.empty()) continue;
    if (data.table(name) == nullptr)
      return refuse(400, "unknown_object", "There is no object " + std::string(name) + ".");
    projection.associations.emplace_back(name);
  }
  return projection;
}

Projection everything(const RecordTable& table) {
  Projection projection;
  for (std::size_t i = 0; i < table.schema().properties().size(); ++i)
    projection.properties.push_back(i);
  return projection;
}

bool is_computed(std::string_view object, std::string_view property) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), property) != names.end();
  };
  return is_one_of({"record_id", "last_activity_at"}) ||
         (object == "contacts" && property == "full_name") ||
         (object == "deals" && is_one_of({"is_closed", "is_won", "closed_at", "expected_amount"}));
}

RecordWriter::Source RecordWriter::source_of(std::string_view object, std::string_view property) {
  if (property == "record_id") return Source::record_id;
  if (property == "last_activity_at") return Source::last_activity_at;
  if (object == "contacts" && property == "full_name") return Source::full_name;
  if (object != "deals") return Source::stored;
  if (property == "is_closed") return Source::is_closed;
  if (property == "is_won") return Source::is_won;
  if (property == "closed_at") return Source::closed_at;
  return property == "expected_amount" ? Source::expected_amount : Source::stored;
}

RecordWriter::RecordWriter(const Dataset& data, const RecordTable& table, Projection projection)
    : data_(data), table_(table), associations_(std::move(projection.associations)) {
  const std::string& object = table.schema().name;
  has_tags_ =
      object == "contacts" || object == "companies" || object == "deals" || object == "matters";
  has_participants_ = object == "calls" || object == "emails" || object == "meetings";
  for (const std::size_t index : projection.properties) {
    const std::string& name = table.schema().properties()[index].name;
    columns_.push_back({index, source_of(object, name), '"' + name + "\":"});
  }
}

std::string_view RecordWriter::cell(std::string_view property) const {
  const auto index = table_.schema().index_of(property);
  return index ? cells_.values[*index] : std::string_view();
}

void RecordWriter::append(std::string& out, const Row& row) {
  table_.read(row, cells_);
  append_frame(out, row);
  out += R"(,"properties":{)";
  bool first = true;
  for (const Column& column : columns_) {
    if (!first) out += ',';
    first = false;
    out += column.key;
    append_value(out, row, column);
  }
  out += '}';
  if (!associations_.empty()) append_associations(out, row);
  out += '}';
}

void RecordWriter::append_frame(std::string& out, const Row& row) const {
  out += R"({"id":)";
  append_id(out, row.id);
  out += R"(,"object":")";
  out += table_.schema().name;
  out += R"(","created_at":)";
  append_time(out, row.created_ms);
  out += R"(,"updated_at":)";
  append_time(out, row.updated_ms);
  out += R"(,"created_by":")";
  out += table_.user(row.created_by);
  out += R"(","updated_by":")";
  out += table_.user(row.updated_by);
  out += row.is_archived() ? R"(","archived":true,"archived_at":)" : R"(","archived":false)";
  if (row.is_archived()) append_time(out, row.archived_ms);
  const auto append_system = [&](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out += key;
    out += value;
  };
  append_system(R"(,"merged_into":)", cells_.merged_into);
  append_system(R"(,"merged_ids":)", cells_.merged_ids);
  if (has_tags_) append_system(R"(,"tags":)", cells_.tags.empty() ? "[]" : cells_.tags);
  if (has_participants_)
    append_system(R"(,"participants":)", cells_.participants.empty() ? "[]" : cells_.participants);
}

void RecordWriter::append_value(std::string& out, const Row& row, const Column& column) const {
  const auto stage = [&] { return data_.stage(unquoted(cell("stage_id"))).stage; };
  switch (column.source) {
    case Source::stored: {
      const std::string_view value = cells_.values[column.index];
      out += value.empty() ? "null" : value;
      return;
    }
    case Source::record_id:
      append_id(out, row.id);
      return;
    case Source::last_activity_at:
      if (row.last_activity_ms == no_time)
        out += "null";
      else
        append_time(out, row.last_activity_ms);
      return;
    case Source::full_name:
      append_full_name(out);
      return;
    case Source::is_closed: {
      const Stage* const current = stage();
      out += current != nullptr && current->closed ? "true" : "false";
      return;
    }
    case Source::is_won: {
      const Stage* const current = stage();
      if (current != nullptr && current->closed && !current->won)
        out += "null";
      else
        out += current != nullptr && current->won.value_or(false) ? "true" : "false";
      return;
    }
    case Source::closed_at:
      append_closed_at(out, row, stage());
      return;
    case Source::expected_amount:
      append_expected_amount(out, stage());
      return;
  }
}

void RecordWriter::append_full_name(std::string& out) const {
  // both are JSON strings already, and stay so when put together between one pair of quotes
  const auto inner = [](std::string_view json) {
    return json.size() < 2 ? std::string_view() : json.substr(1, json.size() - 2);
  };
  std::string name(inner(cell("first_name")));
  name += ' ';
  name += inner(cell("last_name"));
  out += '"';
  out += text::trim(name);
  out += '"';
}

void RecordWriter::append_closed_at(std::string& out, const Row& row, const Stage* stage) const {
  if (stage == nullptr || !stage->closed) {
    out += "null";
    return;
  }
  std::int64_t at = no_time;
  data_.each_entry(row.id, [&](const StageEntry& entry) {
    if (std::to_string(entry.stage_id) == stage->id && entry.exited_ms == 0) at = entry.entered_ms;
  });
  append_time(out, at == no_time ? row.updated_ms : at);
}

void RecordWriter::append_expected_amount(std::string& out, const Stage* stage) const {
  const std::string_view amount = cell("amount");
  std::string probability = unquoted(cell("probability"));
  if (probability.empty() && stage != nullptr) probability = stage->probability;
  const auto factor = Decimal::parse(probability);
  const auto value = Decimal::parse(unquoted(amount));
  const auto product = factor && value ? value->times(*factor) : Error{};
  if (!product) {
    out += "null";
    return;
  }
  out += '"';
  product->rounded(2, RoundingMode::half_even).append_to(out);
  out += '"';
}

void RecordWriter::append_associations(std::string& out, const Row& row) const {
  out += R"(,"associations":{)";
  for (std::size_t i = 0; i < associations_.size(); ++i) {
    if (i != 0) out += ',';
    out += '"' + associations_[i] + R"(":{"results":[)";
    const auto view = data_.edge_view(table_.schema().name, associations_[i]);
    const std::size_t count = view ? append_edges(out, *view, row.id) : 0;
    out += count > inline_edges ? R"(],"has_more":true})" : R"(],"has_more":false})";
  }
  out += '}';
}

}  // namespace flit::sim::interactive
