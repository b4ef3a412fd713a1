#include "sim/interactive/schema/property.hpp"

#include <algorithm>
#include <array>

namespace flit::sim::interactive {

namespace {

constexpr std::array<std::string_view, 16> type_names{
    "string",   "text", "html",       "number", "decimal", "currency", "bool", "date",
    "datetime", "enum", "multi_enum", "phone",  "email",   "url",      "user", "json"};

void write_text_or_null(json::Writer& out, std::string_view key, const std::string& text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

void write_number_or_null(json::Writer& out, std::string_view key, std::optional<int> number) {
  out.key(key);
  number ? out.integer(*number) : out.null();
}

void write_options(json::Writer& out, const Property& property) {
  out.key("options").begin_array();
  for (const Option& option : property.options) {
    out.begin_object().member("value", option.value).member("label", option.label);
    out.member("order", option.order).member("archived", option.archived).end_object();
  }
  out.end_array();
}

std::optional<int> integer_of(json::Value value) {
  const auto number = value.as_integer();
  return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

bool flag(json::Value value, std::string_view key) {
  return value[key].as_boolean().value_or(false);
}

std::string text(json::Value value, std::string_view key) {
  return std::string(value[key].string_or(""));
}

}  // namespace

std::string_view to_string(PropertyType type) {
  return type_names.at(static_cast<std::size_t>(type));
}

std::optional<PropertyType> property_type(std::string_view name) {
  const auto found = std::find(type_names.begin(), type_names.end(), name);
  if (found == type_names.end()) return std::nullopt;
  return static_cast<PropertyType>(found - type_names.begin());
}

bool has_few_values(PropertyType type) {
  return type == PropertyType::enumeration || type == PropertyType::boolean ||
         type == PropertyType::user;
}

const Option* Property::option(std::string_view value) const {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Option& one) { return one.value == value; });
  return found == options.end() ? nullptr : &*found;
}

void write(json::Writer& out, const Property& property) {
  out.begin_object().member("name", property.name).member("label", property.label);
  out.member("description", property.description).member("group", property.group);
  out.member("type", to_string(property.type));
  write_text_or_null(out, "format", property.epoch_ms ? "epoch_ms" : "");
  out.member("custom", property.custom).member("default", property.is_default);
  out.member("required", property.required).member("unique", property.unique);
  out.member("calculated", property.calculated).member("read_only", property.calculated);
  out.member("hidden", property.hidden).member("archived", property.archived);
  write_number_or_null(out, "max_length", property.max_length);
  write_number_or_null(out, "scale", property.scale);
  write_text_or_null(out, "currency_property", property.currency_property);
  if (!property.references.empty()) out.member("references", property.references);
  out.key("default_value").null();
  write_options(out, property);
  out.member("created_at", property.created_at).member("updated_at", property.updated_at);
  out.end_object();
}

Result<Property> read_property(json::Value value) {
  Property property{.name = text(value, "name"), .label = text(value, "label")};
  const auto type = property_type(value["type"].string_or(""));
  if (!type || property.name.empty())
    return Error{.fault = Fault::setup,
                 .message = "a property needs a name and one of the types of facts/sources.md §1.3",
                 .where = "schema.json › " + property.name};
  property.type = *type;
  property.description = text(value, "description");
  property.group = text(value, "group");
  property.epoch_ms = value["format"].string_or("") == "epoch_ms";
  property.custom = flag(value, "custom");
  property.is_default = flag(value, "default");
  property.required = flag(value, "required");
  property.unique = flag(value, "unique");
  property.calculated = flag(value, "calculated");
  property.hidden = flag(value, "hidden");
  property.archived = flag(value, "archived");
  property.max_length = integer_of(value["max_length"]);
  property.scale = integer_of(value["scale"]);
  property.currency_property = text(value, "currency_property");
  property.references = text(value, "references");
  for (const json::Value option : value["options"].elements())
    property.options.push_back({text(option, "value"), text(option, "label"),
                                integer_of(option["order"]).value_or(0), flag(option, "archived")});
  property.created_at = text(value, "created_at");
  property.updated_at = text(value, "updated_at");
  return property;
}

std::string label_of(std::string_view name) {
  std::string label(name);
  std::replace(label.begin(), label.end(), '_', ' ');
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

}  // namespace flit::sim::interactive
