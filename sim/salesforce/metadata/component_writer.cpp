#include "sim/salesforce/metadata/component_writer.hpp"

#include "sim/salesforce/metadata/naming.hpp"

namespace flit::sim::salesforce::metadata {
namespace {

using xml::leaf;
using xml::Node;

constexpr int longest_short_text = 255;

void add(Node& node, std::string name, std::string text) {
  node.children.push_back(leaf(std::move(name), std::move(text)));
}

void add_flag(Node& node, std::string name, bool value) {
  add(node, std::move(name), value ? "true" : "false");
}

std::string_view text_type(const Field& field) {
  if (field.auto_number) return "AutoNumber";
  if (field.type == FieldType::string) return "Text";
  if (field.html) return "Html";
  return field.length > longest_short_text ? "LongTextArea" : "TextArea";
}

void add_choices(Node& node, const Field& field) {
  Node set{.name = "valueSet"};
  add_flag(set, "restricted", field.restricted_picklist);
  if (!field.value_set.empty()) {
    add(set, "valueSetName", field.value_set);
  } else {
    Node own{.name = "valueSetDefinition"};
    add_flag(own, "sorted", false);
    for (const PicklistValue& value : field.values) own.children.push_back(node_of(value, "value"));
    set.children.push_back(std::move(own));
  }
  node.children.push_back(std::move(set));
}

void add_parents(Node& node, const Field& field) {
  for (const ParentLink& link : field.parents) add(node, "referenceTo", link.object);
  const ParentLink& first = field.parents.front();
  if (!first.child_relationship.empty()) {
    const std::string_view name = first.child_relationship;
    add(node, "relationshipName",
        std::string(name.ends_with("__r") ? name.substr(0, name.size() - 3) : name));
  }
  if (type_name(field) == "Lookup")
    add(node, "deleteConstraint",
        first.restricted ? "Restrict"
        : first.cascade  ? "Cascade"
                         : "SetNull");
}

/// What only custom fields tell.
void add_details(Node& node, const Field& field, std::string_view type) {
  add(node, "label", field.label);
  if (!field.inline_help.empty()) add(node, "inlineHelpText", field.inline_help);
  if (type == "Text" || type == "LongTextArea" || type == "Html" || type == "EncryptedText")
    add(node, "length", std::to_string(field.length));
  if (type == "LongTextArea" || type == "Html") add(node, "visibleLines", "3");
  if (type == "MultiselectPicklist") add(node, "visibleLines", "4");
  if (is_number(field.type)) {
    add(node, "precision", std::to_string(field.precision));
    add(node, "scale", std::to_string(field.scale));
  }
  if (field.type == FieldType::boolean)
    add(node, "defaultValue", field.default_value == "true" ? "true" : "false");
  if (!field.display_format.empty()) add(node, "displayFormat", field.display_format);
  add_flag(node, "externalId", field.external_id);
  if (field.unique) {
    add_flag(node, "unique", true);
    add_flag(node, "caseSensitive", field.case_sensitive);
  }
  if (field.type != FieldType::boolean && type != "MasterDetail")
    add_flag(node, "required", field.is_required());
}

}  // namespace

std::string_view type_name(const Field& field) {
  switch (field.type) {
    case FieldType::reference:
      return field.custom && !field.nillable ? "MasterDetail" : "Lookup";
    case FieldType::string:
    case FieldType::textarea:
      return text_type(field);
    case FieldType::boolean:
      return "Checkbox";
    case FieldType::integer:
    case FieldType::whole:
    case FieldType::real:
      return "Number";
    case FieldType::currency:
      return "Currency";
    case FieldType::percent:
      return "Percent";
    case FieldType::date:
      return "Date";
    case FieldType::datetime:
      return "DateTime";
    case FieldType::time:
      return "Time";
    case FieldType::picklist:
    case FieldType::combobox:
      return "Picklist";
    case FieldType::multipicklist:
      return "MultiselectPicklist";
    case FieldType::email:
      return "Email";
    case FieldType::phone:
      return "Phone";
    case FieldType::url:
      return "Url";
    case FieldType::location:
      return "Location";
    case FieldType::encrypted:
      return "EncryptedText";
    case FieldType::id:
    case FieldType::base64:
    case FieldType::address:
    case FieldType::any:
    case FieldType::complex:
      break;
  }
  return {};
}

bool is_told(const Field& field) {
  return !field.deleted && field.home == Home::cells && !type_name(field).empty() &&
         (field.compound.empty() || field.custom) && !field.name.ends_with("__s");
}

Node node_of(const PicklistValue& value, std::string_view element) {
  Node node{.name = std::string(element)};
  add(node, "fullName", value.value);
  add_flag(node, "default", value.is_default);
  if (!value.active) add_flag(node, "isActive", false);
  add(node, "label", value.label);
  return node;
}

Node node_of(const Field& field, std::string_view element, const std::string& full_name) {
  Node node{.name = std::string(element)};
  add(node, "fullName", full_name);
  const std::string_view type = type_name(field);
  if (field.custom) add_details(node, field, type);
  const bool tells_type = field.custom || is_choice(field.type) || field.is_reference();
  if (field.is_reference() && !field.parents.empty() && field.custom) add_parents(node, field);
  if (tells_type) add(node, "type", std::string(type));
  if (field.custom && is_choice(field.type)) add_choices(node, field);
  return node;
}

Node node_of(const BusinessProcess& process, std::string_view element,
             const std::string& full_name) {
  Node node{.name = std::string(element)};
  add(node, "fullName", full_name);
  add_flag(node, "isActive", process.active);
  for (const std::string& value : process.values)
    node.children.push_back(node_of({.value = value, .label = value}, "values"));
  return node;
}

Node node_of(const RecordType& type, std::string_view element, const std::string& full_name) {
  Node node{.name = std::string(element)};
  add(node, "fullName", full_name);
  add_flag(node, "active", type.active);
  if (!type.business_process.empty()) add(node, "businessProcess", type.business_process);
  if (!type.description.empty()) add(node, "description", type.description);
  add(node, "label", type.label);
  for (const auto& [field, values] : type.allowed) {
    Node list{.name = "picklistValues"};
    add(list, "picklist", field);
    for (const std::string& value : values) {
      Node row{.name = "values"};
      add(row, "fullName", value);
      add_flag(row, "default", false);
      list.children.push_back(std::move(row));
    }
    node.children.push_back(std::move(list));
  }
  return node;
}

Node node_of(const Object& object, std::string_view element) {
  Node node{.name = std::string(element)};
  add(node, "fullName", object.name);
  if (!object.custom) return node;
  add(node, "deploymentStatus", "Deployed");
  add(node, "label", object.label);
  add(node, "pluralLabel", object.label_plural);
  const Field* name = object.name_field();
  Node name_field{.name = "nameField"};
  if (name != nullptr && !name->display_format.empty())
    add(name_field, "displayFormat", name->display_format);
  add(name_field, "label", name == nullptr ? "Name" : name->label);
  add(name_field, "type", name != nullptr && name->auto_number ? "AutoNumber" : "Text");
  node.children.push_back(std::move(name_field));
  const bool detail = object.find("OwnerId") == nullptr;
  add(node, "sharingModel", detail ? "ControlledByParent" : "ReadWrite");
  return node;
}

}  // namespace flit::sim::salesforce::metadata
