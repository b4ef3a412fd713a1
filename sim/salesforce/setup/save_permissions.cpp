// Permission sets, and profiles as far as they grant the same (fact sheet §6.1).

#include <fmt/format.h>

#include "sim/salesforce/setup/field_access.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"

namespace flit::sim::salesforce {
namespace {

Error refused(std::string message) {
  return Error{.message = std::move(message), .code = "FIELD_INTEGRITY_EXCEPTION"};
}

std::string flag(const xml::Node& node, std::string_view name) {
  return node.is_true(name) ? "true" : "false";
}

}  // namespace

Result<Saved> SchemaSetup::save_permission_set(const metadata::Component& component) {
  const std::string& name = component.full_name;
  const std::string label(component.node.value("label"));
  if (label.empty()) return refused("Must specify a non-empty label for the PermissionSet");
  RecordId set = find_row("PermissionSet", {{"Name", name}});
  const bool created = !set;
  std::vector<std::pair<std::string, std::string>> values{
      {"Name", name},
      {"Label", label},
      {"Description", std::string(component.node.value("description"))}};
  const Object& object = org_.object("PermissionSet");
  for (const xml::Node* permission : component.node.all("userPermissions")) {
    const std::string column = "Permissions" + std::string(permission->value("name"));
    if (object.find(column) != nullptr) values.emplace_back(column, flag(*permission, "enabled"));
  }
  if (created)
    set = add_row("PermissionSet", values);
  else
    change_row("PermissionSet", set, values);
  FLIT_TRY_VOID(grant(set, component.node));
  return Saved{.id = set.text(), .created = created};
}

Result<Saved> SchemaSetup::save_profile(const metadata::Component& component) {
  const std::string name =
      component.full_name == "Admin" ? "System Administrator" : component.full_name;
  const RecordId profile = find_row("Profile", {{"Name", name}});
  if (!profile) return refused(fmt::format("No Profile named: {} found", component.full_name));
  FLIT_TRY_VOID(grant(set_of_profile(org_, profile), component.node));
  return Saved{.id = profile.text()};
}

Result<void> SchemaSetup::grant(RecordId set, const xml::Node& node) {
  for (const xml::Node* permission : node.all("fieldPermissions"))
    FLIT_TRY_VOID(grant_field(set, *permission));
  for (const xml::Node* visibility : node.all("recordTypeVisibilities"))
    FLIT_TRY_VOID(grant_record_type(set, *visibility));
  for (const xml::Node* permission : node.all("objectPermissions")) {
    const std::string name(permission->value("object"));
    FLIT_TRY(object, object_named(name));
    const RecordId old =
        find_row("ObjectPermissions", {{"ParentId", set.text()}, {"SobjectType", object->name}});
    if (old) remove_row("ObjectPermissions", old);
    add_row("ObjectPermissions",
            {{"ParentId", set.text()},
             {"SobjectType", object->name},
             {"PermissionsCreate", flag(*permission, "allowCreate")},
             {"PermissionsRead", flag(*permission, "allowRead")},
             {"PermissionsEdit", flag(*permission, "allowEdit")},
             {"PermissionsDelete", flag(*permission, "allowDelete")},
             {"PermissionsViewAllRecords", flag(*permission, "viewAllRecords")},
             {"PermissionsModifyAllRecords", flag(*permission, "modifyAllRecords")}});
  }
  return {};
}

Result<void> SchemaSetup::grant_field(RecordId set, const xml::Node& permission) {
  const std::string_view name = permission.value("field");
  const std::size_t dot = name.find('.');
  Object* object = org_.catalogue->mutable_object(name.substr(0, dot));
  const Field* field = object == nullptr || dot == std::string_view::npos
                           ? nullptr
                           : object->find(name.substr(dot + 1));
  if (field == nullptr)
    return refused(fmt::format("In field: field - no CustomField named {} found", name));
  // Required fields and master-details are always visible; naming them is an error (§6.1).
  if (field->custom && !field->governed)
    return refused(fmt::format("You cannot deploy to a required field: {}", name));
  const std::string full = object->name + "." + field->name;
  const RecordId old = find_row("FieldPermissions", {{"ParentId", set.text()}, {"Field", full}});
  if (old) remove_row("FieldPermissions", old);
  add_row("FieldPermissions", {{"ParentId", set.text()},
                               {"SobjectType", object->name},
                               {"Field", full},
                               {"PermissionsRead", flag(permission, "readable")},
                               {"PermissionsEdit", flag(permission, "editable")}});
  return {};
}

Result<void> SchemaSetup::grant_record_type(RecordId set, const xml::Node& visibility) {
  const std::string_view name = visibility.value("recordType");
  const std::size_t dot = name.find('.');
  Object* object = org_.catalogue->mutable_object(name.substr(0, dot));
  if (object != nullptr && dot != std::string_view::npos) {
    for (RecordType& type : object->record_types) {
      if (type.developer_name != name.substr(dot + 1)) continue;
      remember(object->record_types);
      if (visibility.is_true("visible"))
        type.visible_in.insert(set);
      else
        type.visible_in.erase(set);
      return {};
    }
  }
  return refused(fmt::format("In field: recordType - no RecordType named {} found", name));
}

}  // namespace flit::sim::salesforce
