#include "sim/salesforce/schema/custom.hpp"

namespace flit::sim::salesforce {
namespace {

Field system_field(std::string name, FieldType type, std::string label) {
  Field field;
  field.name = std::move(name);
  field.type = type;
  field.label = std::move(label);
  field.defaulted_on_create = true;
  field.length = type == FieldType::id || type == FieldType::reference ? 18 : 0;
  return field;
}

Field reference_field(std::string name, std::string label, std::string relationship,
                      std::string to) {
  Field field = system_field(std::move(name), FieldType::reference, std::move(label));
  field.relationship = std::move(relationship);
  field.parents = {{.object = std::move(to)}};
  return field;
}

Field name_field(const std::string& label, const std::string& auto_number) {
  Field field;
  field.name = "Name";
  field.label = label + " Name";
  field.type = FieldType::string;
  field.length = 80;
  field.name_field = field.id_lookup = field.nillable = true;
  field.createable = field.updateable = auto_number.empty();
  field.defaulted_on_create = true;
  field.auto_number = !auto_number.empty();
  field.display_format = auto_number;
  return field;
}

/// A location is read as a whole and written by its parts: X__Latitude__s, X__Longitude__s.
Field& add_location(Object& object, Field field) {
  const std::string stem = field.name.substr(0, field.name.size() - 1);  // "X__"
  for (const std::string_view part : {"Latitude", "Longitude"}) {
    Field half = field;
    half.type = FieldType::real;
    half.name = stem + std::string(part) + "__s";
    half.label = field.label + " (" + std::string(part) + ")";
    half.compound = field.name;
    half.precision = 15 + field.scale > 18 ? 18 : 15 + field.scale;
    object.add_field(std::move(half));
  }
  field.createable = field.updateable = false;
  field.precision = field.scale = 0;
  return object.add_field(std::move(field));
}

}  // namespace

Object& add_custom_object(Catalogue& catalogue, const std::string& name, const std::string& label,
                          const std::string& auto_number) {
  Object& object = catalogue.add(name);
  object.label = label;
  object.label_plural = label + "s";
  object.custom = true;
  object.prefix = catalogue.next_custom_prefix();
  Field id = system_field("Id", FieldType::id, "Record ID");
  id.id_lookup = true;
  object.add_field(std::move(id));
  Field owner = reference_field("OwnerId", "Owner ID", "Owner", "User");
  owner.parents.insert(owner.parents.begin(), {.object = "Group"});
  owner.createable = owner.updateable = owner.polymorphic = owner.name_pointing = true;
  object.add_field(std::move(owner));
  object.add_field(system_field("IsDeleted", FieldType::boolean, "Deleted")).default_value =
      "false";
  object.add_field(name_field(label, auto_number));
  object.add_field(system_field("CreatedDate", FieldType::datetime, "Created Date"));
  object.add_field(reference_field("CreatedById", "Created By ID", "CreatedBy", "User"));
  object.add_field(system_field("LastModifiedDate", FieldType::datetime, "Last Modified Date"));
  object.add_field(
      reference_field("LastModifiedById", "Last Modified By ID", "LastModifiedBy", "User"));
  object.add_field(system_field("SystemModstamp", FieldType::datetime, "System Modstamp"));
  return object;
}

Field& add_custom_field(Object& object, Field field) {
  field.custom = true;
  field.createable = field.updateable = !field.auto_number && !field.calculated;
  if (field.type == FieldType::reference) {
    field.length = 18;
    field.relationship = field.name.substr(0, field.name.size() - 1) + "r";  // X__c → X__r
    field.polymorphic = field.parents.size() > 1;
    for (ParentLink& link : field.parents)
      if (!link.child_relationship.empty()) link.child_relationship += "__r";
  }
  if (field.type == FieldType::boolean) field.defaulted_on_create = true;
  if (field.type == FieldType::textarea && field.length > 255) {
    field.filterable = field.groupable = field.sortable = field.aggregatable = false;
    field.extra_type = field.html ? "richtextarea" : "plaintextarea";
  }
  if (field.external_id) field.id_lookup = true;
  if (field.type == FieldType::location) return add_location(object, std::move(field));
  return object.add_field(std::move(field));
}

RecordType& add_record_type(Object& object, RecordType type) {
  if (object.find("RecordTypeId") == nullptr) {
    Field field = reference_field("RecordTypeId", "Record Type ID", "RecordType", "RecordType");
    field.nillable = field.createable = field.updateable = true;
    field.defaulted_on_create = true;
    object.add_field(std::move(field));
  }
  return object.record_types.emplace_back(std::move(type));
}

}  // namespace flit::sim::salesforce
