#include "sim/dataverse/rules/rule_set.hpp"

#include <string_view>
#include <utility>

namespace flit::sim::dataverse {
namespace {

constexpr std::pair<std::string_view, const RuleSet*> named_rules[] = {
    {"account", &customer_address_owner_rules},
    {"contact", &customer_address_owner_rules},
    {"activitypointer", &activity_pointer_rules},
    {"activityparty", &activity_party_rules},
    {"annotation", &annotation_rules},
    {"activitymimeattachment", &attachment_rules},
    {"fileattachment", &file_attachment_rules},
    {"connection", &connection_rules},
    {"opportunity", &opportunity_rules},
    {"lead", &lead_rules},
    {"publisher", &publisher_rules},
    {"solution", &solution_rules},
    {"systemuser", &user_rules},
    {"workflow", &workflow_rules},
};

}  // namespace

std::array<const RuleSet*, 2> rules_of(const Table& table) {
  std::array<const RuleSet*, 2> rules{};
  if (table.is_activity && table.logical_name != "activitypointer") rules[0] = &activity_rules;
  if (table.is_process_flow) rules[0] = &flow_instance_rules;
  if (table.is_custom) return rules;
  for (const auto& [name, set] : named_rules)
    if (table.logical_name == name) rules[1] = set;
  return rules;
}

}  // namespace flit::sim::dataverse
