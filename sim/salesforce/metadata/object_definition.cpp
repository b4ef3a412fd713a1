#include "sim/salesforce/metadata/object_definition.hpp"

#include <fmt/format.h>

#include "sim/salesforce/metadata/naming.hpp"

namespace flit::sim::salesforce::metadata {
namespace {

Error problem(std::string text) {
  return Error{
      .fault = Fault::permanent, .message = std::move(text), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

Field system_field(std::string name, std::string label, FieldType type) {
  return {.type = type,
          .name = std::move(name),
          .label = std::move(label),
          .length = type == FieldType::id || type == FieldType::reference ? 18 : 0,
          .defaulted_on_create = true};
}

Field user_field(std::string name, std::string label, std::string relationship) {
  Field field = system_field(std::move(name), std::move(label), FieldType::reference);
  field.relationship = std::move(relationship);
  field.parents.push_back({.object = "User"});
  return field;
}

Field read_name_field(const xml::Node& node) {
  const bool numbered = node.value("type") == "AutoNumber";
  Field field{.type = FieldType::string,
              .name = "Name",
              .label = std::string(node.value("label")),
              .length = 80};
  field.nillable = !numbered;
  field.createable = field.updateable = !numbered;
  field.defaulted_on_create = numbered;
  field.auto_number = numbered;
  field.id_lookup = true;
  field.name_field = true;
  field.display_format = node.value("displayFormat");
  return field;
}

}  // namespace

Result<ObjectDefinition> read_object(std::string_view name, const xml::Node& node) {
  if (!has_suffix(name)) return problem("A custom object's name ends in __c: " + std::string(name));
  if (const auto why = name_problem("Custom Object", without_suffix(name))) return problem(*why);
  for (const char* required : {"label", "pluralLabel", "deploymentStatus", "sharingModel"})
    if (node.value(required).empty())
      return problem(fmt::format("Must specify a non-empty {} for the CustomObject", required));
  const xml::Node* name_field = node.child("nameField");
  if (name_field == nullptr) return problem("Must specify a nameField for the CustomObject");
  const std::string_view type = name_field->value("type");
  if (type != "Text" && type != "AutoNumber")
    return problem("The nameField must be of type Text or AutoNumber");
  if (type == "AutoNumber" && name_field->value("displayFormat").empty())
    return problem("Must specify 'displayFormat' for a nameField of type AutoNumber");
  return ObjectDefinition{.label = std::string(node.value("label")),
                          .label_plural = std::string(node.value("pluralLabel")),
                          .name_field = read_name_field(*name_field)};
}

std::vector<Field> standard_fields(const Field& name_field, bool has_owner) {
  std::vector<Field> fields;
  Field id = system_field("Id", "Record ID", FieldType::id);
  id.id_lookup = true;
  fields.push_back(std::move(id));
  if (has_owner) {
    Field owner = user_field("OwnerId", "Owner ID", "Owner");
    owner.parents.insert(owner.parents.begin(), {.object = "Group"});
    owner.polymorphic = owner.name_pointing = true;
    owner.createable = owner.updateable = true;
    fields.push_back(std::move(owner));
  }
  fields.push_back(system_field("IsDeleted", "Deleted", FieldType::boolean));
  fields.push_back(name_field);
  fields.push_back(system_field("CreatedDate", "Created Date", FieldType::datetime));
  fields.push_back(user_field("CreatedById", "Created By ID", "CreatedBy"));
  fields.push_back(system_field("LastModifiedDate", "Last Modified Date", FieldType::datetime));
  fields.push_back(user_field("LastModifiedById", "Last Modified By ID", "LastModifiedBy"));
  fields.push_back(system_field("SystemModstamp", "System Modstamp", FieldType::datetime));
  return fields;
}

}  // namespace flit::sim::salesforce::metadata
