#pragma once
/// @file The standard value sets of fact sheet §6.1 and whose values they are.

#include <array>
#include <string_view>

namespace flit::sim::salesforce {

/// Which fields take a standard value set, and which object lists it as rows.
struct StandardSet {
  std::string_view name;
  std::array<std::string_view, 3> fields;
  std::string_view rows{};
};

inline constexpr std::array<StandardSet, 15> standard_sets{
    {{"OpportunityStage", {"Opportunity.StageName"}, "OpportunityStage"},
     {"LeadStatus", {"Lead.Status"}, "LeadStatus"},
     {"TaskStatus", {"Task.Status"}, "TaskStatus"},
     {"CaseStatus", {"Case.Status"}},
     {"TaskPriority", {"Task.Priority"}},
     {"Industry", {"Account.Industry", "Lead.Industry"}},
     {"AccountType", {"Account.Type"}},
     {"LeadSource", {"Lead.LeadSource", "Contact.LeadSource", "Opportunity.LeadSource"}},
     {"ContactRole", {"OpportunityContactRole.Role"}},
     {"OpportunityType", {"Opportunity.Type"}},
     {"Salutation", {"Contact.Salutation", "Lead.Salutation"}},
     {"TaskType", {"Task.Type"}},
     {"EventType", {"Event.Type"}},
     {"TaskSubject", {"Task.Subject"}},
     {"AccountContactMultiRoles", {"AccountContactRelation.Roles"}}}};

/// Null for a name that is none.
constexpr const StandardSet* standard_set(std::string_view name) {
  for (const StandardSet& set : standard_sets)
    if (set.name == name) return &set;
  return nullptr;
}

}  // namespace flit::sim::salesforce
