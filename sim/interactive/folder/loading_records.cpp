// Records: their ids first, so that every reference finds what it points to; then their values.

#include <algorithm>
#include <set>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "sim/interactive/folder/loading.hpp"

namespace flit::sim::interactive {

namespace {

Error not_a(const Property& property, const std::string& text) {
  return Error{.fault = Fault::setup,
               .message = property.name + " expects " + std::string(to_string(property.type)) +
                          ", found '" + text + "'"};
}

std::string json_string(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

/// Their values are the option list, in the order in which they are first seen.
void take_options(const RecordTable& table, Property& property, std::size_t index) {
  std::set<std::string> seen;
  Cells cells;
  property.options.clear();
  for (const Row& row : table.rows()) {
    table.read(row, cells);
    const std::string value = unquoted(cells.values[index]);
    if (value.empty() || !seen.insert(value).second) continue;
    property.options.push_back(
        {value, value, static_cast<int>(property.options.size()) + 1, false});
  }
}

bool all_are_options(const RecordTable& table, const Property& property, std::size_t index) {
  Cells cells;
  return std::all_of(table.rows().begin(), table.rows().end(), [&](const Row& row) {
    table.read(row, cells);
    return cells.values[index].empty() || property.option(unquoted(cells.values[index])) != nullptr;
  });
}

}  // namespace

Result<std::string> to_json(const Property& property, const std::string& text) {
  switch (property.type) {
    case PropertyType::number: {
      const auto number = Decimal::parse(text);
      if (!number || !number->as_integer()) return not_a(property, text);
      return std::to_string(*number->as_integer());
    }
    case PropertyType::decimal:
    case PropertyType::currency:
      if (!Decimal::parse(text)) return not_a(property, text);
      return json_string(text);
    case PropertyType::boolean:
      if (text != "true" && text != "false") return not_a(property, text);
      return text;
    case PropertyType::date: {
      const auto date = parse_date(text);
      if (!date) return not_a(property, text);
      if (!property.epoch_ms) return json_string(text);
      return std::to_string(epoch_ms(Instant(std::chrono::sys_days(*date))));
    }
    case PropertyType::datetime:
      if (parse_ms(text) == no_time) return not_a(property, text);
      return json_string(instant_text(parse_ms(text)));
    case PropertyType::json:
      if (!json::parse(text)) return not_a(property, text);
      return text;
    default:
      return json_string(text);
  }
}

Result<RecordTable*> Loading::table_for(const std::string& object, const ObjectSpec& spec) {
  if (RecordTable* const found = data_.table(object)) return found;
  if (!object.starts_with("c_") || !spec.schema)
    return Error{.fault = Fault::setup,
                 .message = "'" + object +
                            "' is no standard object; a custom one is called c_… "
                            "and has a schema"};
  ObjectSchema schema = custom_object(object, spec.schema->label, spec.schema->label_plural);
  schema.primary_display = spec.schema->primary_display;
  return &data_.add_object(std::move(schema));
}

Result<void> Loading::claim_ids() {
  for (const auto& [object, spec] : manifest_.objects) {
    FLIT_TRY(rows, places(spec));
    RecordsOfObject& records = records_[object];
    std::set<std::uint64_t> taken;
    for (RowPlace& place : rows) {
      FLIT_TRY(number, id(spec.id, place));
      if (!taken.insert(number).second)
        return row_error(place, object + " " + std::to_string(number) + " is there twice");
      records.input = place.input;
      records.rows.emplace_back(place.row, number);
      records.by_row.emplace(place.row, number);
    }
    places_[object] = std::move(rows);
  }
  return {};
}

Result<void> Loading::make_records() {
  for (const auto& [object, spec] : manifest_.objects) {
    auto made = make_object(object, spec);
    if (!made) return std::move(made.error()).during("loading " + object);
  }
  return {};
}

Result<void> Loading::make_object(const std::string& object, const ObjectSpec& spec) {
  FLIT_TRY(table, table_for(object, spec));
  for (const auto& [name, custom] : spec.custom) {
    const auto type = property_type(custom.type);
    if (!type) return Error{.fault = Fault::setup, .message = "'" + custom.type + "' is no type"};
    Property property{.name = name, .label = custom.label.empty() ? label_of(name) : custom.label};
    property.type = *type;
    property.custom = true;
    property.is_default = true;
    property.group = "custom";
    if (*type == PropertyType::string) property.max_length = 255;
    if (*type == PropertyType::currency) property.scale = 2;
    for (const yaml::Node& option : custom.options.items())
      property.options.push_back(
          {option.text(), option.text(), static_cast<int>(property.options.size()) + 1, false});
    table->schema().add(std::move(property));
  }
  const auto& rows = records_[object].rows;
  auto& places = places_[object];
  std::vector<std::size_t> order(places.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rows[a].second < rows[b].second; });
  for (const std::size_t i : order) {
    places[i].self = object;
    FLIT_TRY_VOID(make_record(*table, spec, places[i], rows[i].second));
  }
  settle_options(*table, spec);
  return {};
}

Result<void> Loading::set_value(Draft& draft, const std::string& name, const ValueSpec& spec,
                                const RowPlace& place) {
  const auto index = draft.schema->index_of(name);
  if (!index) return row_error(place, draft.schema->name + " has no property '" + name + "'");
  FLIT_TRY(made, evaluator_.value(spec, place));
  if (!made) return {};
  auto json = to_json(draft.schema->properties()[*index], *made);
  if (!json) return row_error(place, json.error().message);
  draft.put(*index, std::move(*json));
  return {};
}

Result<void> Loading::set_times(Draft& draft, const ObjectSpec& spec, const RowPlace& place) {
  const auto time = [&](const std::optional<ValueSpec>& value,
                        const std::optional<std::string>& fallback) -> Result<std::int64_t> {
    FLIT_TRY(made, text(value, place));
    if (made.empty()) made = fallback.value_or("");
    if (made.empty()) return no_time;
    const std::int64_t ms = parse_ms(made);
    if (ms == no_time) return row_error(place, "'" + made + "' is no instant");
    return ms;
  };
  FLIT_TRY(created, time(spec.created_at, manifest_.defaults.created_at));
  FLIT_TRY(updated, time(spec.updated_at, manifest_.defaults.updated_at));
  draft.created_ms = created == no_time ? data_.clock_ms : created;
  draft.updated_ms = updated == no_time ? draft.created_ms : updated;
  draft.created_by = draft.updated_by = manifest_.defaults.created_by;
  return {};
}

Result<void> Loading::make_record(RecordTable& table, const ObjectSpec& spec, RowPlace place,
                                  std::uint64_t id) {
  Draft draft(table.schema());
  draft.id = id;
  place.property = [&draft](std::string_view name) -> MadeText {
    const std::string_view value = draft.find(name);
    return value.empty() ? MadeText() : MadeText(unquoted(value));
  };
  FLIT_TRY_VOID(set_times(draft, spec, place));
  for (const auto& [name, value] : spec.properties)
    FLIT_TRY_VOID(set_value(draft, name, value, place));
  for (const auto& [name, custom] : spec.custom)
    FLIT_TRY_VOID(set_value(draft, name, custom.value, place));
  FLIT_TRY(owner, text(spec.owner, place));
  if (owner.empty()) owner = manifest_.defaults.owner_id.value_or("");
  if (!owner.empty() && table.schema().index_of("owner_id")) draft.text("owner_id", owner);
  for (const std::string& name : spec.required)
    if (draft.find(name).empty())
      return row_error(place, "the required property " + name + " is null");
  const std::string lifecycle =
      table.schema().name == "contacts" ? unquoted(draft.find("lifecycle_stage")) : "";
  if (lifecycle == "customer" || lifecycle == "active")
    draft.instant("became_customer_at", draft.created_ms);
  table.append(draft);
  return {};
}

void Loading::settle_options(RecordTable& table, const ObjectSpec& spec) const {
  const auto settle = [&](const std::string& name, bool always) {
    const auto index = table.schema().index_of(name);
    if (!index) return;
    Property& property = table.schema().property(*index);
    if (property.type != PropertyType::enumeration) return;
    if (always || !all_are_options(table, property, *index)) take_options(table, property, *index);
  };
  for (const auto& [name, value] : spec.properties) settle(name, false);
  for (const auto& [name, custom] : spec.custom)
    settle(name, custom.options.is_scalar() && custom.options.text() == "auto");
}

}  // namespace flit::sim::interactive
