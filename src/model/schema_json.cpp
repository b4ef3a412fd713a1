#include "model/schema_json.hpp"

#include <utility>

namespace flit::model {
namespace {

using json::Value;
using json::Writer;

// --- writing: what is as it would be anyway is left out ---

void put(Writer& out, std::string_view key, const std::string& text) {
  if (!text.empty()) out.member(key, text);
}

void put(Writer& out, std::string_view key, bool value, bool usual) {
  if (value != usual) out.member(key, value);
}

void put(Writer& out, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write(Writer& out, const Option& item);
void write(Writer& out, const Field& item);
void write(Writer& out, const Key& item);
void write(Writer& out, const Object& item);
void write(Writer& out, const Relationship& item);
void write(Writer& out, const Association& item);

template <typename T>
void put_each(Writer& out, std::string_view key, const std::vector<T>& items) {
  if (items.empty()) return;
  out.key(key).begin_array();
  for (const T& item : items) write(out, item);
  out.end_array();
}

void write(Writer& out, const Option& option) {
  out.begin_object().member("value", option.value).member("label", option.label);
  put(out, "archived", option.archived, false);
  if (option.state) out.member("state", *option.state);
  out.end_object();
}

void write(Writer& out, const Evidence& evidence) {
  out.begin_object().member("values", evidence.values).member("empty", evidence.empty);
  out.member("share", evidence.share);
  put(out, "examples", evidence.examples);
  out.end_object();
}

void write(Writer& out, const Field& field) {
  out.begin_object().member("name", field.name);
  put(out, "label", field.label);
  put(out, "description", field.description);
  put(out, "group", field.group);
  out.member("type", to_string(field.type));
  put(out, "native_type", field.native_type);
  if (field.max_length) out.member("max_length", *field.max_length);
  if (field.scale) out.member("scale", static_cast<unsigned>(*field.scale));
  if (field.min) out.member("min", field.min->text());
  if (field.max) out.member("max", field.max->text());
  put_each(out, "options", field.options);
  put(out, "targets", field.targets);
  if (field.required != Requirement::none)
    out.member("required", static_cast<unsigned>(field.required));
  put(out, "unique", field.unique, false);
  put(out, "custom", field.custom, false);
  put(out, "calculated", field.calculated, false);
  put(out, "creatable", field.creatable, true);
  put(out, "updatable", field.updatable, true);
  put(out, "archived", field.archived, false);
  put(out, "hidden", field.hidden, false);
  if (field.evidence) {
    out.key("evidence");
    write(out, *field.evidence);
  }
  out.end_object();
}

void write(Writer& out, const Key& key) {
  out.begin_object().member("name", key.name);
  put(out, "fields", key.fields);
  put(out, "active", key.active, true);
  out.end_object();
}

void write(Writer& out, const Object& object) {
  out.begin_object().member("name", object.name);
  put(out, "label", object.label);
  put(out, "label_plural", object.label_plural);
  put(out, "set_name", object.set_name);
  put(out, "primary_id", object.primary_id);
  put(out, "primary_name", object.primary_name);
  put(out, "custom", object.custom, false);
  put(out, "activity", object.activity, false);
  put(out, "owned", object.owned, true);
  put(out, "has_notes", object.has_notes, false);
  put_each(out, "fields", object.fields);
  put_each(out, "keys", object.keys);
  out.end_object();
}

void write(Writer& out, const Relationship& relationship) {
  out.begin_object().member("name", relationship.name).member("child", relationship.child);
  out.member("field", relationship.field).member("parent", relationship.parent);
  put(out, "navigation", relationship.navigation);
  out.member("on_delete", static_cast<unsigned>(relationship.on_delete));
  out.member("on_assign", static_cast<unsigned>(relationship.on_assign)).end_object();
}

void write(Writer& out, const Association& association) {
  out.begin_object().member("name", association.name);
  out.member("from", association.from).member("to", association.to);
  put_each(out, "labels", association.labels);
  put_each(out, "attributes", association.attributes);
  put(out, "has_primary", association.has_primary, false);
  out.end_object();
}

// --- reading ---

void take(Value in, std::string& text) {
  text.assign(in.string_or(""));
}

void take(Value in, bool& value) {
  value = in.as_boolean().value_or(value);
}

void take(Value in, std::vector<std::string>& texts) {
  for (const Value text : in.elements()) texts.emplace_back(text.string_or(""));
}

template <typename Number>
std::optional<Number> number_of(Value in) {
  const auto value = in.as_integer();
  if (!value || !std::in_range<Number>(*value)) return {};
  return static_cast<Number>(*value);
}

std::optional<Decimal> decimal_of(Value in) {
  const auto text = in.as_string();
  if (!text) return {};
  const auto parsed = Decimal::parse(*text);
  if (!parsed) return {};
  return *parsed;
}

template <typename Enum>
void take_enum(Value in, Enum& value, Enum last) {
  const auto number = number_of<std::uint8_t>(in);
  if (number && *number <= static_cast<std::uint8_t>(last)) value = static_cast<Enum>(*number);
}

void take(Value in, Option& item);
void take(Value in, Field& item);
void take(Value in, Key& item);
void take(Value in, Object& item);
void take(Value in, Relationship& item);
void take(Value in, Association& item);

template <typename T>
void take_each(Value in, std::vector<T>& items) {
  items.reserve(in.size());
  for (const Value item : in.elements()) take(item, items.emplace_back());
}

void take(Value in, Option& option) {
  take(in["value"], option.value);
  take(in["label"], option.label);
  take(in["archived"], option.archived);
  if (const auto state = in["state"].as_string()) option.state = std::string(*state);
}

void take(Value in, Evidence& evidence) {
  evidence.values = number_of<std::uint64_t>(in["values"]).value_or(0);
  evidence.empty = number_of<std::uint64_t>(in["empty"]).value_or(0);
  evidence.share = in["share"].as_double().value_or(0);
  take(in["examples"], evidence.examples);
}

void take(Value in, Field& field) {
  take(in["name"], field.name);
  take(in["label"], field.label);
  take(in["description"], field.description);
  take(in["group"], field.group);
  field.type = field_type_named(in["type"].string_or("")).value_or(FieldType::unknown);
  take(in["native_type"], field.native_type);
  field.max_length = number_of<std::uint32_t>(in["max_length"]);
  field.scale = number_of<std::uint8_t>(in["scale"]);
  field.min = decimal_of(in["min"]);
  field.max = decimal_of(in["max"]);
  take_each(in["options"], field.options);
  take(in["targets"], field.targets);
  take_enum(in["required"], field.required, Requirement::system);
  take(in["unique"], field.unique);
  take(in["custom"], field.custom);
  take(in["calculated"], field.calculated);
  take(in["creatable"], field.creatable);
  take(in["updatable"], field.updatable);
  take(in["archived"], field.archived);
  take(in["hidden"], field.hidden);
  if (in["evidence"]) take(in["evidence"], field.evidence.emplace());
}

void take(Value in, Key& key) {
  take(in["name"], key.name);
  take(in["fields"], key.fields);
  take(in["active"], key.active);
}

void take(Value in, Object& object) {
  take(in["name"], object.name);
  take(in["label"], object.label);
  take(in["label_plural"], object.label_plural);
  take(in["set_name"], object.set_name);
  take(in["primary_id"], object.primary_id);
  take(in["primary_name"], object.primary_name);
  take(in["custom"], object.custom);
  take(in["activity"], object.activity);
  take(in["owned"], object.owned);
  take(in["has_notes"], object.has_notes);
  take_each(in["fields"], object.fields);
  take_each(in["keys"], object.keys);
}

void take(Value in, Relationship& relationship) {
  take(in["name"], relationship.name);
  take(in["child"], relationship.child);
  take(in["field"], relationship.field);
  take(in["parent"], relationship.parent);
  take(in["navigation"], relationship.navigation);
  take_enum(in["on_delete"], relationship.on_delete, Cascade::restrict);
  take_enum(in["on_assign"], relationship.on_assign, Cascade::restrict);
}

void take(Value in, Association& association) {
  take(in["name"], association.name);
  take(in["from"], association.from);
  take(in["to"], association.to);
  take_each(in["labels"], association.labels);
  take_each(in["attributes"], association.attributes);
  take(in["has_primary"], association.has_primary);
}

}  // namespace

std::string to_json(const Schema& schema) {
  Writer out;
  out.begin_object().member("platform", schema.platform);
  put_each(out, "objects", schema.objects);
  put_each(out, "relationships", schema.relationships);
  put_each(out, "associations", schema.associations);
  out.end_object();
  return out.take();
}

Result<Schema> schema_of_json(std::string_view text) {
  FLIT_TRY(document, json::parse(text));
  const Value root = document.root();
  if (!root.is_object())
    return Error{.fault = Fault::permanent, .message = "a schema is a JSON object"};
  Schema schema;
  take(root["platform"], schema.platform);
  take_each(root["objects"], schema.objects);
  take_each(root["relationships"], schema.relationships);
  take_each(root["associations"], schema.associations);
  return schema;
}

namespace as_json {
void write(Writer& out, const Option& part) {
  model::write(out, part);
}
void write(Writer& out, const Field& part) {
  model::write(out, part);
}
void write(Writer& out, const Key& part) {
  model::write(out, part);
}
void write(Writer& out, const Object& part) {
  model::write(out, part);
}
void write(Writer& out, const Relationship& part) {
  model::write(out, part);
}
void read(Value in, Option& part) {
  take(in, part);
}
void read(Value in, Field& part) {
  take(in, part);
}
void read(Value in, Key& part) {
  take(in, part);
}
void read(Value in, Object& part) {
  take(in, part);
}
void read(Value in, Relationship& part) {
  take(in, part);
}
}  // namespace as_json

}  // namespace flit::model
