// Components that are rows of the org: value sets, permission sets, profiles (fact sheet §6.1).

#include <array>
#include <utility>

#include "base/text.hpp"
#include "sim/salesforce/metadata/component_writer.hpp"
#include "sim/salesforce/setup/component_book.hpp"
#include "sim/salesforce/setup/standard_sets.hpp"

namespace flit::sim::salesforce {
namespace {

using xml::leaf;
using xml::Node;
using Names = std::initializer_list<std::pair<const char*, const char*>>;  // element, column

std::string flag(const std::string& text) {
  return text == "true" ? "true" : "false";
}

}  // namespace

std::optional<Node> ComponentBook::global_values(std::string_view name,
                                                 std::string_view element) const {
  const auto set = value_sets_.find(name);
  if (set == value_sets_.end()) return std::nullopt;
  Node node{.name = std::string(element)};
  node.children.push_back(leaf("fullName", set->first));
  for (const PicklistValue& value : set->second)
    node.children.push_back(metadata::node_of(value, "customValue"));
  node.children.push_back(leaf("masterLabel", set->first));
  node.children.push_back(leaf("sorted", "false"));
  return node;
}

std::optional<Node> ComponentBook::standard_values(std::string_view name,
                                                   std::string_view element) const {
  const StandardSet* set = standard_set(name);
  if (set == nullptr) return std::nullopt;
  Node node{.name = std::string(element)};
  node.children.push_back(leaf("fullName", std::string(name)));
  node.children.push_back(leaf("sorted", "false"));
  const auto parts = text::split(set->fields.front(), ".");
  const Object* object = org_.catalogue->find(parts[0]);
  const Field* field = object == nullptr ? nullptr : object->find(parts[1]);
  if (field == nullptr) return node;  // Task.Type is not there in a default org (§0.13)
  for (const PicklistValue& value : field->values) {
    Node row = metadata::node_of(value, "standardValue");
    const auto known = set->rows.empty() ? std::vector<const Row*>()
                                         : rows(set->rows, "ApiName", Cell::of_text(value.value));
    if (!known.empty()) {
      const auto add = [&](const char* name_of, const char* column, bool is_flag) {
        if (org_.object(set->rows).find(column) == nullptr) return;
        const std::string shown = text(set->rows, *known.front(), column);
        row.children.push_back(leaf(name_of, is_flag ? flag(shown) : shown));
      };
      add("closed", "IsClosed", true);
      add("won", "IsWon", true);
      add("converted", "IsConverted", true);
      add("probability", "DefaultProbability", false);
      add("forecastCategory", "ForecastCategory", false);
    }
    node.children.push_back(std::move(row));
  }
  return node;
}

void ComponentBook::add_grants(Node& node, RecordId set) const {
  const auto add = [&](const char* object, const char* element, const Row& row, const char* named,
                       const char* column, Names flags) {
    Node grant{.name = element};
    grant.children.push_back(leaf(named, text(object, row, column)));
    for (const auto& [name, from] : flags)
      grant.children.push_back(leaf(name, flag(text(object, row, from))));
    node.children.push_back(std::move(grant));
  };
  for (const Row* row : rows("FieldPermissions", "ParentId", Cell::of_id(set)))
    add("FieldPermissions", "fieldPermissions", *row, "field", "Field",
        {{"editable", "PermissionsEdit"}, {"readable", "PermissionsRead"}});
  for (const Row* row : rows("ObjectPermissions", "ParentId", Cell::of_id(set)))
    add("ObjectPermissions", "objectPermissions", *row, "object", "SobjectType",
        {{"allowCreate", "PermissionsCreate"},
         {"allowDelete", "PermissionsDelete"},
         {"allowEdit", "PermissionsEdit"},
         {"allowRead", "PermissionsRead"},
         {"modifyAllRecords", "PermissionsModifyAllRecords"},
         {"viewAllRecords", "PermissionsViewAllRecords"}});
  for (const auto& object : org_.catalogue->all())
    for (const RecordType& type : object->record_types) {
      if (!type.visible_in.contains(set)) continue;
      Node shown{.name = "recordTypeVisibilities"};
      shown.children.push_back(leaf("recordType", object->name + "." + type.developer_name));
      shown.children.push_back(leaf("visible", "true"));
      node.children.push_back(std::move(shown));
    }
}

std::optional<Node> ComponentBook::permission_set(std::string_view name,
                                                  std::string_view element) const {
  const auto found = rows("PermissionSet", "Name", Cell::of_text(name));
  if (found.empty()) return std::nullopt;
  const Row& row = *found.front();
  Node node{.name = std::string(element)};
  node.children.push_back(leaf("fullName", std::string(name)));
  const std::string description = text("PermissionSet", row, "Description");
  if (!description.empty()) node.children.push_back(leaf("description", description));
  add_grants(node, row.head.id);
  node.children.push_back(leaf("hasActivationRequired", "false"));
  node.children.push_back(leaf("label", text("PermissionSet", row, "Label")));
  constexpr std::string_view prefix = "Permissions";
  for (const Field& field : org_.object("PermissionSet").fields()) {
    if (!field.name.starts_with(prefix) || !row.cell(field).is_true()) continue;
    Node granted{.name = "userPermissions"};
    granted.children.push_back(leaf("enabled", "true"));
    granted.children.push_back(leaf("name", field.name.substr(prefix.size())));
    node.children.push_back(std::move(granted));
  }
  return node;
}

std::optional<Node> ComponentBook::profile(std::string_view name, std::string_view element) const {
  const std::string_view label = name == "Admin" ? "System Administrator" : name;
  const auto found = rows("Profile", "Name", Cell::of_text(label));
  if (found.empty()) return std::nullopt;
  Node node{.name = std::string(element)};
  node.children.push_back(leaf("fullName", std::string(name)));
  node.children.push_back(leaf("custom", "false"));
  for (const Row* set : rows("PermissionSet", "ProfileId", Cell::of_id(found.front()->head.id)))
    add_grants(node, set->head.id);
  return node;
}

}  // namespace flit::sim::salesforce
