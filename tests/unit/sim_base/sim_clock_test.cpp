#include "sim/base/sim_clock.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

using namespace std::chrono_literals;

const Instant noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 2) + 12h;

TEST(SimClock, RunsWithTheClockBeneath) {
  ManualClock beneath(noon);
  SimClock clock(beneath);
  const Tick before = clock.tick();

  beneath.advance(5s);

  EXPECT_EQ(clock.now(), noon + 5s);
  EXPECT_EQ(clock.tick() - before, 5s);
  EXPECT_EQ(clock.elapsed(), 5s);
}

TEST(SimClock, AdvancingMovesInstantsAndTicksAlike) {
  ManualClock beneath(noon);
  SimClock clock(beneath);
  const Tick before = clock.tick();

  clock.advance(1h);

  EXPECT_EQ(clock.now(), noon + 1h);
  EXPECT_EQ(clock.tick() - before, 1h);
}

TEST(SimClock, AdvancesToAnInstantButNeverBack) {
  ManualClock beneath(noon);
  SimClock clock(beneath);

  EXPECT_TRUE(clock.advance_to(noon + 2h).has_value());
  EXPECT_FALSE(clock.advance_to(noon).has_value());
  EXPECT_EQ(clock.now(), noon + 2h);
}

TEST(SimClock, StartsWhereTheDataSetSays) {
  ManualClock beneath(noon);
  SimClock clock(beneath);
  beneath.advance(1s);

  clock.restart(noon - 24h);

  EXPECT_EQ(clock.now(), noon - 24h);
  EXPECT_EQ(clock.elapsed(), 0s);
}

}  // namespace
}  // namespace flit::sim
