#include "sim/salesforce/setup/field_access.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "sim/salesforce/organization/seed.hpp"

namespace flit::sim::salesforce {
namespace {

struct Grant {
  bool read = false;
  bool edit = false;
};

/// Live rows of an object, each with its fields by name.
template <typename Visit>
void each_row(const Organization& org, std::string_view name, const Visit& visit) {
  const Object& object = org.object(name);
  const RecordTable* table = org.store->find_table(object);
  if (table == nullptr) return;
  table->each([&](const Row& row) {
    if (row.is_live())
      visit(row, [&](std::string_view field) { return row.cell(*object.find(field)); });
    return true;
  });
}

std::set<RecordId> assigned_sets(const Organization& org) {
  std::set<RecordId> sets;
  each_row(org, "PermissionSetAssignment", [&](const Row&, const auto& value) {
    if (value("AssigneeId").id() == org.known.user) sets.insert(value("PermissionSetId").id());
  });
  each_row(org, "PermissionSet", [&](const Row& row, const auto& value) {
    if (value("ProfileId").id() == org.known.profile) sets.insert(row.head.id);
  });
  return sets;
}

/// "account.legacy_id__c" → what the sets grant together.
std::map<std::string, Grant, std::less<>> grants_of(const Organization& org,
                                                    const std::set<RecordId>& sets) {
  std::map<std::string, Grant, std::less<>> grants;
  each_row(org, "FieldPermissions", [&](const Row&, const auto& value) {
    if (!sets.contains(value("ParentId").id())) return;
    Grant& grant = grants[text::ascii_lower(value("Field").text)];
    grant.edit = grant.edit || value("PermissionsEdit").is_true();
    grant.read = grant.read || grant.edit || value("PermissionsRead").is_true();
  });
  return grants;
}

}  // namespace

bool decides_access(std::string_view object) {
  static constexpr std::array<std::string_view, 4> objects{
      "PermissionSet", "PermissionSetAssignment", "FieldPermissions", "ObjectPermissions"};
  return std::find(objects.begin(), objects.end(), object) != objects.end();
}

void work_out_access(Organization& org) {
  const auto sets = assigned_sets(org);
  const auto grants = grants_of(org, sets);
  for (const auto& owned : org.catalogue->all()) {
    Object& object = *owned;
    for (std::size_t i = 0; i < object.fields().size(); ++i) {
      if (!object.field(i).governed) continue;
      Field& field = object.mutable_field_at(i);
      const auto found = grants.find(text::ascii_lower(object.name + "." + field.name));
      const Grant grant = found == grants.end() ? Grant{} : found->second;
      field.readable = grant.read;
      field.editable = grant.edit;
    }
    for (RecordType& type : object.record_types)
      if (type.governed)
        type.available = std::any_of(type.visible_in.begin(), type.visible_in.end(),
                                     [&](RecordId set) { return sets.contains(set); });
  }
}

RecordId set_of_profile(Organization& org, RecordId profile) {
  RecordId found;
  each_row(org, "PermissionSet", [&](const Row& row, const auto& value) {
    if (value("ProfileId").id() == profile) found = row.head.id;
  });
  if (found) return found;
  return seed_row(org, "PermissionSet",
                  {{"Name", "X" + profile.text15()},
                   {"Label", profile.text15()},
                   {"ProfileId", profile.text()},
                   {"IsOwnedByProfile", "true"}});
}

}  // namespace flit::sim::salesforce
