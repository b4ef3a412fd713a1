#include "campaign.hpp"

#include <vector>

namespace flit::test {

Campaign::Campaign()
    : data_{.contacts = 6, .companies = 3, .deals = 3, .activities = 8, .seed = 7} {}

const Expected& Campaign::expected(const std::string& poisoned_row) {
  const auto known = expected_.find(poisoned_row);
  if (known != expected_.end()) return known->second;
  return expected_.emplace(poisoned_row, undisturbed({data_, poisoned_row})).first->second;
}

DrillSettings Campaign::drill_of(std::uint64_t seed) {
  DrillSettings drill{.plan = FaultPlan::draw(seed, whole_way().size()), .seed = seed};
  if (!drill.plan.poison) return drill;
  // A few rows of different tables: each has to be migrated undisturbed once.
  constexpr std::size_t poisons = 3;
  const Expected& healthy = expected("");
  drill.poisoned_row = healthy.rows[healthy.rows.size() / poisons * (seed % poisons)];
  return drill;
}

void Campaign::run(std::span<const std::uint64_t> seeds, const Hear& hear) {
  std::map<std::string, std::vector<DrillSettings>> by_poison;
  for (const std::uint64_t seed : seeds) {
    DrillSettings drill = drill_of(seed);
    by_poison[drill.poisoned_row].push_back(std::move(drill));
  }
  for (const auto& [poison, drills] : by_poison)
    branch_off({data_, poison}, drills, expected(poison), hear);
}

DrillReport Campaign::run(std::uint64_t seed) {
  DrillReport heard;
  run({&seed, 1}, [&](std::uint64_t, const DrillReport& report) { heard = report; });
  return heard;
}

}  // namespace flit::test
