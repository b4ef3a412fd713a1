#include "sources/rest/schema_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

using model::FieldType;

bool flag(json::Value row, const std::string& key) {
  return row.at_path(key).as_boolean().value_or(false);
}

template <typename Number>
std::optional<Number> number(json::Value row, const std::string& key) {
  const auto value = row.at_path(key).as_integer();
  if (!value || !std::in_range<Number>(*value)) return {};
  return static_cast<Number>(*value);
}

std::vector<model::Option> options_of(const FieldKeys& keys, json::Value list) {
  std::vector<model::Option> options;
  for (const json::Value row : list.elements())
    options.push_back({.value = text_of(row.at_path(keys.option_value)),
                       .label = text_of(row.at_path(keys.option_label)),
                       .archived = flag(row, keys.option_archived)});
  return options;
}

/// What the type says about other records, and what the field itself says.
std::vector<std::string> targets_of(const SchemaSpec& spec, const std::string& type,
                                    json::Value row) {
  const std::string named = text_of(row.at_path(spec.field_keys.references));
  if (!named.empty()) return {named};
  const auto known = spec.targets.find(type);
  return known == spec.targets.end() ? std::vector<std::string>() : known->second;
}

}  // namespace

model::Object object_of(const RestSpec& spec, json::Value row) {
  const ObjectKeys& keys = spec.schema.object_keys;
  model::Object object{.name = text_of(row.at_path(keys.name)),
                       .label = text_of(row.at_path(keys.label)),
                       .label_plural = text_of(row.at_path(keys.label_plural))};
  object.primary_id = "@" + spec.keys.id;
  object.primary_name = text_of(row.at_path(keys.primary));
  object.custom = flag(row, keys.custom);
  object.activity = std::find(spec.schema.activities.begin(), spec.schema.activities.end(),
                              object.name) != spec.schema.activities.end();
  return object;
}

model::Field field_of(const SchemaSpec& spec, json::Value row) {
  const FieldKeys& keys = spec.field_keys;
  const std::string type = text_of(row.at_path(keys.type));
  const std::string format = text_of(row.at_path(keys.format));
  model::Field field{.name = text_of(row.at_path(keys.name)),
                     .label = text_of(row.at_path(keys.label)),
                     .description = text_of(row.at_path(keys.description)),
                     .group = text_of(row.at_path(keys.group)),
                     .native_type = format.empty() ? type : type + " " + format};
  if (const auto known = spec.types.find(type); known != spec.types.end())
    field.type = known->second.type;
  field.targets = targets_of(spec, type, row);
  if (!field.targets.empty()) field.type = FieldType::reference;
  field.max_length = number<std::uint32_t>(row, keys.max_length);
  field.scale = number<std::uint8_t>(row, keys.scale);
  field.options = options_of(keys, row.at_path(keys.options));
  if (flag(row, keys.required)) field.required = model::Requirement::application;
  field.unique = flag(row, keys.unique);
  field.custom = flag(row, keys.custom);
  field.calculated = flag(row, keys.calculated);
  field.creatable = field.updatable = !field.calculated && !flag(row, keys.read_only);
  field.archived = flag(row, keys.archived);
  field.hidden = flag(row, keys.hidden);
  return field;
}

std::vector<model::Field> record_fields_of(const SchemaSpec& spec) {
  std::vector<model::Field> fields;
  for (const RecordField& known : spec.record_fields) {
    model::Field field{
        .name = known.name, .label = known.label, .type = known.type.type, .native_type = "record"};
    field.creatable = field.updatable = false;
    fields.push_back(std::move(field));
  }
  return fields;
}

std::size_t rank_of(const SchemaSpec& spec, std::string_view object) {
  const auto found = std::find(spec.order.begin(), spec.order.end(), object);
  return static_cast<std::size_t>(found - spec.order.begin());
}

std::vector<model::Association> associations_of(const RestSpec& spec, json::Value rows) {
  const AssociationKeys& keys = spec.associations.keys;
  std::vector<model::Association> all;
  for (const json::Value row : rows.elements()) {
    model::Association association{
        .name = {}, .from = text_of(row.at_path(keys.from)), .to = text_of(row.at_path(keys.to))};
    if (rank_of(spec.schema, association.from) < rank_of(spec.schema, association.to))
      std::swap(association.from, association.to);
    association.name = association.from + "→" + association.to;
    const auto is_known = [&](const model::Association& one) {
      return (one.from == association.from && one.to == association.to) ||
             (one.from == association.to && one.to == association.from);
    };
    if (std::any_of(all.begin(), all.end(), is_known)) continue;
    for (const json::Value label : row.at_path(keys.labels).elements())
      association.labels.push_back({.value = text_of(label.at_path(keys.label_value)),
                                    .label = text_of(label.at_path(keys.label_label))});
    for (const json::Value attribute : row.at_path(keys.attributes).elements())
      association.attributes.push_back(field_of(spec.schema, attribute));
    association.has_primary = flag(row, keys.has_primary);
    all.push_back(std::move(association));
  }
  return all;
}

}  // namespace flit::sources::rest
