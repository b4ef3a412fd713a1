#include "campaign.hpp"

#include <utility>
#include <vector>

namespace flit::test {
namespace {

std::string name_of(const TrunkSettings& trunk) {
  return trunk.inhabited ? "people" : trunk.poisoned_row;
}

}  // namespace

Campaign::Campaign()
    : data_{.contacts = 6, .companies = 3, .deals = 3, .activities = 8, .seed = 7} {}

const Expected& Campaign::expected(const TrunkSettings& trunk) {
  const std::string name = name_of(trunk);
  const auto known = expected_.find(name);
  if (known != expected_.end()) return known->second;
  return expected_.emplace(name, undisturbed(trunk)).first->second;
}

DrillSettings Campaign::drill_of(std::uint64_t seed) {
  DrillSettings drill{.plan = FaultPlan::draw(seed, whole_way().size()), .seed = seed};
  if (!drill.plan.poison) return drill;
  // A few rows of different tables: each has to be migrated undisturbed once.
  constexpr std::size_t poisons = 3;
  const Expected& healthy = expected({.data = data_});
  drill.poisoned_row = healthy.rows[healthy.rows.size() / poisons * (seed % poisons)];
  return drill;
}

void Campaign::run(std::span<const std::uint64_t> seeds, const Hear& hear) {
  std::map<std::string, std::pair<TrunkSettings, std::vector<DrillSettings>>> trunks;
  for (const std::uint64_t seed : seeds) {
    const DrillSettings drill = drill_of(seed);
    const TrunkSettings trunk{
        .data = data_, .poisoned_row = drill.poisoned_row, .inhabited = drill.plan.people};
    auto& [settings, drills] = trunks[name_of(trunk)];
    settings = trunk;
    drills.push_back(drill);
  }
  for (const auto& [name, one] : trunks)
    branch_off(one.first, one.second, expected(one.first), hear);
}

DrillReport Campaign::run(std::uint64_t seed) {
  DrillReport heard;
  run({&seed, 1}, [&](std::uint64_t, const DrillReport& report) { heard = report; });
  return heard;
}

}  // namespace flit::test
