// Whole migrations in simulation (drill.hpp): a few seeds here, many by script/soak.
//
//   FLIT_SIM_SEED=17 test_simulation_migration    one seed, with its story when it fails
//   FLIT_SIM_SEEDS=200 …                          so many of each block

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "campaign.hpp"

namespace flit::test {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): only read
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

/// Made once: what an undisturbed migration ends with takes a while to find out.
Campaign& campaign() {
  static Campaign all;
  return all;
}

/// Blocks of seeds, so that they can run side by side.
class Survival : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Survival, AMigrationEndsAsIfNothingHadHappenedOrStopsHonestly) {
  const std::uint64_t only = from_environment("FLIT_SIM_SEED", 0);
  const std::uint64_t count = only > 0 ? 1 : from_environment("FLIT_SIM_SEEDS", 3);
  const std::uint64_t first = only > 0 ? only : GetParam();
  std::uint64_t deaths = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const DrillReport report = campaign().run(seed);
    deaths += report.deaths;
    EXPECT_EQ(report.failure, "") << "seed " << seed << "\n" << report.told;
  }
  EXPECT_TRUE(count < 3 || deaths > 0) << "the drills are too kind";
}

INSTANTIATE_TEST_SUITE_P(Block, Survival, testing::Values(1, 1001, 2001, 3001));

/// A poisoned row met by a process that died; init killed between its two files; a disk that could
/// not be opened; the rollback killed behind its last change of the schema.
class FoundSomething : public testing::TestWithParam<std::uint64_t> {};

TEST_P(FoundSomething, SurvivesNow) {
  const DrillReport report = campaign().run(GetParam());

  EXPECT_EQ(report.failure, "") << report.told;
}

INSTANTIATE_TEST_SUITE_P(Seed, FoundSomething, testing::Values(8, 19, 21, 120));

TEST(Simulation, ASeedReplaysExactly) {
  const std::uint64_t seed = from_environment("FLIT_SIM_SEED", 9);

  const DrillReport once = campaign().run(seed);
  const DrillReport again = campaign().run(seed);

  EXPECT_EQ(once.digest, again.digest) << once.told << "\nand again\n" << again.told;
  EXPECT_GT(once.switches, 1000U);
}

}  // namespace
}  // namespace flit::test
