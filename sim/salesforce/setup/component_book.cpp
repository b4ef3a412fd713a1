#include "sim/salesforce/setup/component_book.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/metadata/component_writer.hpp"
#include "sim/salesforce/schema/cell_text.hpp"

namespace flit::sim::salesforce {
namespace {

using metadata::node_of;

void list_parts(const Object& object, std::string_view type, std::vector<ListedComponent>& out) {
  const auto add = [&](const std::string& name, std::string id) {
    out.push_back({.type = std::string(type),
                   .full_name = object.name + "." + name,
                   .file = ComponentBook::file_of("CustomObject", object.name),
                   .id = std::move(id)});
  };
  if (type == "CustomField")
    for (const Field& field : object.fields())
      if (field.custom && metadata::is_told(field))
        add(field.name, id_of_field(object, field).text());
  if (type == "RecordType")
    for (const RecordType& each : object.record_types) add(each.developer_name, each.id.text());
  if (type == "BusinessProcess")
    for (const BusinessProcess& each : object.business_processes) add(each.name, each.id.text());
}

void list_component(std::string_view type, std::string name, std::string id,
                    std::vector<ListedComponent>& out) {
  std::string file = ComponentBook::file_of(type, name);
  out.push_back({std::string(type), std::move(name), std::move(file), std::move(id)});
}

/// The objects, or their parts.
void list_objects(const Catalogue& catalogue, std::string_view type,
                  std::vector<ListedComponent>& out) {
  for (const auto& object : catalogue.all()) {
    if (object->deleted || !object->visible) continue;
    if (type == "CustomObject")
      list_component(type, object->name, object->custom ? id_of_object(*object).text() : "", out);
    else
      list_parts(*object, type, out);
  }
}

/// The name a profile has in packages.
std::string profile_name(const std::string& name) {
  return name == "System Administrator" ? "Admin" : name;
}

}  // namespace

const std::vector<ComponentType>& component_types() {
  static const std::vector<ComponentType> types{
      {"CustomObject",
       "objects",
       "object",
       {"CustomField", "RecordType", "BusinessProcess", "ListView", "CompactLayout", "FieldSet",
        "WebLink"}},
      {"GlobalValueSet", "globalValueSets", "globalValueSet"},
      {"StandardValueSet", "standardValueSets", "standardValueSet"},
      {"PermissionSet", "permissionsets", "permissionset"},
      {"Profile", "profiles", "profile"},
      {"Layout", "layouts", "layout"},
      {"CustomTab", "tabs", "tab"},
      {"CustomApplication", "applications", "app"},
      {"Settings", "settings", "settings"},
      {"MatchingRules", "matchingRules", "matchingRule"}};
  return types;
}

const ComponentType* component_type(std::string_view name) {
  for (const ComponentType& type : component_types())
    if (type.name == name ||
        std::find(type.children.begin(), type.children.end(), name) != type.children.end())
      return &type;
  return nullptr;
}

std::string ComponentBook::file_of(std::string_view type, std::string_view full_name) {
  const ComponentType& of = *component_type(type);
  const bool part = of.name != type;
  return fmt::format("{}/{}.{}", of.folder,
                     part ? full_name.substr(0, full_name.find('.')) : full_name, of.suffix);
}

std::vector<ListedComponent> ComponentBook::list(std::string_view type) const {
  std::vector<ListedComponent> found;
  const auto add = [&](std::string name, std::string id) {
    list_component(type, std::move(name), std::move(id), found);
  };
  list_objects(*org_.catalogue, type, found);
  if (type == "GlobalValueSet")
    for (const auto& [name, values] : value_sets_) add(name, "");
  if (type == "PermissionSet")
    for (const Row* row : rows("PermissionSet"))
      if (text("PermissionSet", *row, "IsOwnedByProfile") != "true")
        add(text("PermissionSet", *row, "Name"), row->head.id.text());
  if (type == "Profile")
    for (const Row* row : rows("Profile"))
      add(profile_name(text("Profile", *row, "Name")), row->head.id.text());
  return found;
}

std::optional<xml::Node> ComponentBook::read(std::string_view type, std::string_view full_name,
                                             std::string_view element) const {
  if (type == "CustomObject") {
    const Object* object = org_.catalogue->find(full_name);
    if (object == nullptr) return std::nullopt;
    return whole_object(*object, element);
  }
  if (type == "GlobalValueSet") return global_values(full_name, element);
  if (type == "StandardValueSet") return standard_values(full_name, element);
  if (type == "PermissionSet") return permission_set(full_name, element);
  if (type == "Profile") return profile(full_name, element);
  return part(type, full_name, element);
}

xml::Node ComponentBook::whole_object(const Object& object, std::string_view element) const {
  xml::Node node = node_of(object, element);
  for (const BusinessProcess& each : object.business_processes)
    node.children.push_back(node_of(each, "businessProcesses", each.name));
  for (const Field& field : object.fields())
    if (metadata::is_told(field) && (field.custom || !object.custom))
      node.children.push_back(node_of(field, "fields", field.name));
  for (const RecordType& each : object.record_types)
    node.children.push_back(node_of(each, "recordTypes", each.developer_name));
  return node;
}

std::optional<xml::Node> ComponentBook::part(std::string_view type, std::string_view full_name,
                                             std::string_view element) const {
  const std::size_t dot = full_name.find('.');
  const Object* object = org_.catalogue->find(full_name.substr(0, dot));
  if (object == nullptr || dot == std::string_view::npos) return std::nullopt;
  const std::string_view name = full_name.substr(dot + 1);
  if (type == "CustomField") {
    const Field* field = object->find(name);
    if (field == nullptr || !metadata::is_told(*field)) return std::nullopt;
    return node_of(*field, element, object->name + "." + field->name);
  }
  for (const RecordType& each : object->record_types)
    if (type == "RecordType" && each.developer_name == name)
      return node_of(each, element, std::string(full_name));
  for (const BusinessProcess& each : object->business_processes)
    if (type == "BusinessProcess" && each.name == name)
      return node_of(each, element, std::string(full_name));
  return std::nullopt;
}

std::vector<const Row*> ComponentBook::rows(std::string_view name, std::string_view field,
                                            const Cell& value) const {
  std::vector<const Row*> found;
  const Object& object = org_.object(name);
  const RecordTable* table = org_.store->find_table(object);
  if (table == nullptr) return found;
  const Field* by = field.empty() ? nullptr : object.find(field);
  table->each([&](const Row& row) {
    if (row.is_live() && (by == nullptr || row.cell(*by) == value)) found.push_back(&row);
    return true;
  });
  return found;
}

std::string ComponentBook::text(std::string_view object, const Row& row,
                                std::string_view field) const {
  const Field* found = org_.object(object).find(field);
  return found == nullptr ? std::string() : text_of(row.cell(*found));
}

}  // namespace flit::sim::salesforce
