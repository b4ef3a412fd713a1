#include "campaign.hpp"

namespace flit::test {

Campaign::Campaign()
    : data_{.contacts = 6, .companies = 3, .deals = 3, .activities = 8, .seed = 7} {}

const Expected& Campaign::expected(const std::string& poisoned_row) {
  const auto known = expected_.find(poisoned_row);
  if (known != expected_.end()) return known->second;
  Drill drill({.data = data_, .poisoned_row = poisoned_row});
  return expected_.emplace(poisoned_row, drill.undisturbed()).first->second;
}

DrillReport Campaign::run(std::uint64_t seed) {
  DrillSettings settings{.data = data_, .plan = FaultPlan::draw(seed), .seed = seed};
  const Expected& healthy = expected("");
  if (settings.plan.poison) {
    // A few rows of different tables: each has to be migrated undisturbed once.
    constexpr std::size_t poisons = 4;
    const std::size_t step = healthy.rows.size() / poisons;
    settings.poisoned_row = healthy.rows[step * (seed % poisons)];
  }
  const Expected& awaited = expected(settings.poisoned_row);
  return Drill(std::move(settings)).run(awaited);
}

}  // namespace flit::test
