#include "sim/salesforce/service/schema_file.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "sim/salesforce/organization/seed.hpp"
#include "sim/salesforce/schema/custom.hpp"

namespace flit::sim::salesforce {
namespace {

Error setup(std::string message) {
  return Error{.fault = Fault::setup, .message = std::move(message)};
}

int number(json::Value entry, std::string_view key, int usual) {
  return static_cast<int>(entry[key].as_integer().value_or(usual));
}

bool flag(json::Value entry, std::string_view key) {
  return entry[key].as_boolean().value_or(false);
}

Result<void> add_object(Organization& org, json::Value entry) {
  const std::string name(entry["name"].string_or(""));
  if (!name.ends_with("__c") || org.catalogue->mutable_object(name) != nullptr)
    return setup(fmt::format("object '{}': a new name that ends in __c was expected", name));
  Object& object =
      add_custom_object(*org.catalogue, name, std::string(entry["label"].string_or(name)),
                        std::string(entry["auto_number"].string_or("")));
  if (entry["plural"].is_string()) object.label_plural = std::string(entry["plural"].string_or(""));
  return {};
}

int usual_length(FieldType type) {
  switch (type) {
    case FieldType::email:
      return 80;
    case FieldType::phone:
      return 40;
    case FieldType::multipicklist:
      return 4099;
    default:
      return is_text(type) ? 255 : 0;
  }
}

void read_shape(json::Value entry, Field& field) {
  field.length = number(entry, "length", usual_length(field.type));
  const bool with_places = field.type == FieldType::real || field.type == FieldType::currency ||
                           field.type == FieldType::percent;
  field.precision = number(entry, "precision", with_places ? 18 : 0);
  field.scale = number(entry, "scale", with_places ? 2 : 0);
  field.nillable = !flag(entry, "required") && field.type != FieldType::boolean;
  field.external_id = flag(entry, "external_id");
  field.unique = flag(entry, "unique");
  field.case_sensitive = flag(entry, "case_sensitive");
  field.restricted_picklist = flag(entry, "restricted");
  field.readable = entry["readable"].as_boolean().value_or(true);
  field.auto_number = entry["auto_number"].is_string();
  field.display_format = std::string(entry["auto_number"].string_or(""));
  field.default_value =
      std::string(entry["default"].string_or(field.type == FieldType::boolean ? "false" : ""));
  if (!field.default_value.empty() && field.type != FieldType::boolean)
    field.defaulted_on_create = true;
  for (const json::Value value : entry["values"].elements())
    field.values.push_back(
        {.value = std::string(value.string_or("")), .label = std::string(value.string_or(""))});
  for (const json::Value to : entry["to"].elements())
    field.parents.push_back({.object = std::string(to.string_or("")),
                             .child_relationship = std::string(entry["children"].string_or("")),
                             .cascade = flag(entry, "cascade"),
                             .restricted = flag(entry, "restrict")});
}

Result<void> add_field(Organization& org, json::Value entry) {
  const std::string of(entry["object"].string_or(""));
  const std::string name(entry["name"].string_or(""));
  Object* object = org.catalogue->mutable_object(of);
  if (object == nullptr) return setup(fmt::format("field '{}': there is no object '{}'", name, of));
  const auto type = field_type(entry["type"].string_or("string"));
  if (!type)
    return setup(
        fmt::format("field '{}.{}': unknown type '{}'", of, name, entry["type"].string_or("")));
  if (!name.ends_with("__c") || object->find(name) != nullptr)
    return setup(fmt::format("field '{}.{}': a new name that ends in __c was expected", of, name));
  if (*type == FieldType::reference && entry["to"].size() == 0)
    return setup(fmt::format("field '{}.{}': a reference says \"to\" which objects", of, name));
  Field field;
  field.name = name;
  field.type = *type;
  field.label = std::string(entry["label"].string_or(name));
  read_shape(entry, field);
  add_custom_field(*object, std::move(field));
  return {};
}

Result<void> add_type(Organization& org, json::Value entry) {
  Object* object = org.catalogue->mutable_object(entry["object"].string_or(""));
  const std::string name(entry["name"].string_or(""));
  if (object == nullptr || name.empty()) return setup("a record type has \"object\" and \"name\"");
  const std::string label(entry["label"].string_or(name));
  if (const auto known = RecordId::parse(entry["id"].string_or(""))) {  // of a snapshot
    add_record_type(*object, {.id = *known,
                              .developer_name = name,
                              .label = label,
                              .is_default = flag(entry, "default")});
    return {};
  }
  const RecordId id = seed_row(org, "RecordType",
                               {{"Name", label},
                                {"DeveloperName", name},
                                {"SobjectType", object->name},
                                {"IsActive", "true"}});
  add_record_type(
      *object,
      {.id = id, .developer_name = name, .label = label, .is_default = flag(entry, "default")});
  return {};
}

}  // namespace

Result<void> load_schema(Organization& org, std::string_view text) {
  FLIT_TRY(document, json::parse(text));
  const json::Value root = document.root();
  for (const json::Value entry : root["objects"].elements()) FLIT_TRY_VOID(add_object(org, entry));
  for (const json::Value entry : root["fields"].elements()) FLIT_TRY_VOID(add_field(org, entry));
  for (const json::Value entry : root["record_types"].elements())
    FLIT_TRY_VOID(add_type(org, entry));
  org.schema_changed();
  return {};
}

}  // namespace flit::sim::salesforce
