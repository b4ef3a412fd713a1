// Whole migrations in simulation (drill.hpp): a few seeds here, many by script/soak.
//
//   FLIT_SIM_SEED=17 test_simulation_migration    one seed in this process, with its story when it
//                                                 fails
//   FLIT_SIM_SEEDS=200 …                          so many of each block

#include <array>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "campaign.hpp"

namespace flit::test {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): only read
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

std::vector<std::uint64_t> seeds_of(std::uint64_t block) {
  if (const std::uint64_t only = from_environment("FLIT_SIM_SEED", 0)) return {only};
  std::vector<std::uint64_t> seeds(from_environment("FLIT_SIM_SEEDS", FLIT_SIM_BLOCK));
  std::iota(seeds.begin(), seeds.end(), block);
  return seeds;
}

/// Blocks of seeds, so that they can run side by side.
class Survival : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Survival, AMigrationEndsAsIfNothingHadHappenedOrStopsHonestly) {
  const std::vector<std::uint64_t> seeds = seeds_of(GetParam());
  std::uint64_t deaths = 0;
  std::uint64_t told = 0;
  Campaign().run(seeds, [&](std::uint64_t seed, const DrillReport& report) {
    ++told;
    deaths += report.deaths;
    EXPECT_EQ(report.failure, "") << "seed " << seed << "\n" << report.told;
  });
  EXPECT_EQ(told, seeds.size());
  EXPECT_TRUE(seeds.size() < 10 || deaths > 0) << "the drills are too kind";
}

INSTANTIATE_TEST_SUITE_P(Block, Survival, testing::Values(1001, 2001, 3001, 4001));

/// A poisoned row met by a process that died; init killed between its two files; a disk that could
/// not be opened; the rollback killed behind its last change of the schema; the power lost while
/// init turned the new ledger's log on.
class FoundSomething : public testing::TestWithParam<std::uint64_t> {};

TEST_P(FoundSomething, SurvivesNow) {
  const DrillReport report = Campaign().run(GetParam());

  EXPECT_EQ(report.failure, "") << report.told;
}

INSTANTIATE_TEST_SUITE_P(Seed, FoundSomething, testing::Values(8, 19, 21, 120, 32925));

/// Alone in its process, and among others as a process of its own.
TEST(Simulation, ASeedReplaysExactly) {
  constexpr std::uint64_t seed = 9;
  constexpr std::array<std::uint64_t, 2> both{seed, seed + 1};
  Campaign campaign;

  const DrillReport once = campaign.run(seed);
  DrillReport again;
  campaign.run(both, [&](std::uint64_t which, const DrillReport& report) {
    if (which == seed) again = report;
  });

  EXPECT_EQ(once.digest, again.digest) << once.told << "\nand again\n" << again.told;
  EXPECT_GT(once.switches, 1000U);
}

}  // namespace
}  // namespace flit::test
