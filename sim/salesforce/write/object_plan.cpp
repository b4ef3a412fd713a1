#include "sim/salesforce/write/object_plan.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace flit::sim::salesforce {
namespace {

// §7, as far as the org has them; custom objects too.
constexpr std::array<std::string_view, 11> audited = {
    "Account", "Attachment",     "CampaignMember", "Case", "CaseComment", "Contact",
    "Event",   "ContentVersion", "Lead",           "Task", "Opportunity"};

bool has_default(const Field& field) {
  if (field.type == FieldType::boolean) return field.default_value == "true";
  return !field.default_value.empty() ||
         std::any_of(field.values.begin(), field.values.end(),
                     [](const PicklistValue& value) { return value.is_default && value.active; });
}

}  // namespace

ObjectPlan::ObjectPlan(const Object& object) {
  for (const Field& field : object.fields()) {
    if (field.deleted) continue;
    if (field.is_required() && field.home == Home::cells) required.push_back(&field);
    if (has_default(field)) defaulted.push_back(&field);
    if (field.unique) unique.push_back(&field);
    if (field.auto_number) auto_numbers.push_back(&field);
  }
  owner = object.find("OwnerId");
  record_type = object.find("RecordTypeId");
  takes_audit_fields = object.custom || object.name == "ContentNote" ||
                       std::find(audited.begin(), audited.end(), object.name) != audited.end();
}

}  // namespace flit::sim::salesforce
