#include "sim/interactive/schema/object_schema.hpp"

namespace flit::sim::interactive {

std::optional<std::size_t> ObjectSchema::index_of(std::string_view property) const {
  const auto found = by_name_.find(property);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::size_t ObjectSchema::add(Property property) {
  if (const auto existing = index_of(property.name)) {
    properties_[*existing] = std::move(property);
    return *existing;
  }
  by_name_.emplace(property.name, properties_.size());
  properties_.push_back(std::move(property));
  return properties_.size() - 1;
}

std::vector<AssociationType> standard_associations() {
  std::vector<AssociationType> types{
      {"contacts",
       "companies",
       {{"employer", "Employer"},
        {"consultant", "Consultant"},
        {"board_member", "Board member"},
        {"other", "Other"}},
       true},
      {"deals",
       "contacts",
       {{"decision_maker", "Decision maker"},
        {"influencer", "Influencer"},
        {"billing", "Billing"},
        {"attorney", "Attorney"},
        {"spouse", "Spouse"},
        {"other", "Other"}},
       true},
      {"deals", "companies", {}, true},
      {"contacts",
       "contacts",
       {{"referrer", "Referrer"}, {"family", "Family"}, {"assistant", "Assistant"}}},
      {"matters", "contacts"},
      {"matters", "deals"}};
  for (const char* engagement : {"calls", "emails", "meetings", "tasks", "notes"})
    for (const char* parent : {"contacts", "companies", "deals", "matters"})
      types.push_back({engagement, parent});
  return types;
}

}  // namespace flit::sim::interactive
