// S-05 on generated data: every record's verdict, and what was found, is what truth.json expects.

#include "engine/preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "truth.hpp"
#include "world.hpp"

namespace flit::engine::test {
namespace {

using ::testing::IsEmpty;

class PreflightOnGeneratedData : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(PreflightOnGeneratedData, GivesEveryRecordTheOutcomeThatTruthExpects) {
  World world({.contacts = 1000, .activities = 2000, .seed = GetParam()});
  world.extract();
  world.prepare();
  const Migration migration = world.migration();

  const auto counts = Preflight(migration).run({});

  ASSERT_TRUE(counts) << counts.error().text();
  EXPECT_GT(counts->assessed.checked, 3000U);
  EXPECT_THAT(outcome_differences(world), IsEmpty());
  const Found found = findings_of(world);
  const Found expected = expected_findings(world);
  for (const char* code :
       {"lifecycle_unrouted", "primary_guessed", "stage_pipeline_mismatch", "end_before_start",
        "activity_without_parent", "out_of_range", "broken_reference", "hierarchy_cycle",
        "spouse_archived", "merge_loop", "merge_target_purged", "merge_target_archived"})
    EXPECT_EQ(found.contains(code) ? found.at(code) : Found::mapped_type{},
              expected.contains(code) ? expected.at(code) : Found::mapped_type{})
        << code;
  EXPECT_EQ(planned_spouses(world), expected_spouses(world));
}

INSTANTIATE_TEST_SUITE_P(Seeds, PreflightOnGeneratedData, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace flit::engine::test
