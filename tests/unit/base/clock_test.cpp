#include "base/clock.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

TEST(RealClock, TicksNeverGoBackAndAPassedDeadlineDoesNotWait) {
  RealClock clock;
  const Tick before = clock.tick();

  const bool reached = clock.sleep_until(before, {});

  EXPECT_TRUE(reached);
  EXPECT_GE(clock.tick(), before);
}

TEST(RealClock, ASleepLastsUntilItsDeadline) {
  RealClock clock;
  const Tick deadline = clock.after(2ms);

  const bool reached = clock.sleep_until(deadline, {});

  EXPECT_TRUE(reached);
  EXPECT_GE(clock.tick(), deadline);
}

TEST(RealClock, AStopEndsASleepThatWouldNeverEnd) {
  RealClock clock;
  std::atomic<bool> reached = true;
  std::jthread sleeper([&](std::stop_token stop) { reached = clock.sleep_until(never, stop); });

  sleeper.request_stop();
  sleeper.join();

  EXPECT_FALSE(reached);
}

TEST(Clock, AStopRequestedBeforeWinsOverADeadlineThatHasPassed) {
  ManualClock clock;
  std::stop_source stop;
  stop.request_stop();

  const bool reached = clock.sleep_for(0s, stop.get_token());

  EXPECT_FALSE(reached);
}

TEST(Clock, AfterDoesNotOverflow) {
  const ManualClock clock;

  EXPECT_EQ(clock.after(Duration::max()), never);
  EXPECT_EQ(clock.after(-5s), clock.tick());
  EXPECT_EQ(clock.after(5s), clock.tick() + 5s);
}

TEST(ManualClock, MovesOnlyWhenToldAndWallAndTickTogether) {
  const Instant noon = Instant(12h);
  ManualClock clock(noon);
  const Tick start = clock.tick();

  clock.advance(90s);

  EXPECT_EQ(clock.now(), noon + 90s);
  EXPECT_EQ(clock.tick() - start, 90s);
}

TEST(ManualClock, TheWallMayJumpWithoutTheTicksNoticing) {
  ManualClock clock(Instant(12h));
  clock.advance(1h);

  clock.set_now(Instant(3h));

  EXPECT_EQ(clock.now(), Instant(3h));
  EXPECT_EQ(clock.tick().time_since_epoch(), 1h);
}

TEST(ManualClock, AdvancingWakesExactlyTheSleepersWhoseTimeHasCome) {
  ManualClock clock;
  std::atomic<int> awake = 0;
  std::jthread early([&](std::stop_token stop) { awake += clock.sleep_for(10s, stop) ? 1 : 0; });
  std::jthread late([&](std::stop_token stop) { awake += clock.sleep_for(20s, stop) ? 10 : 0; });
  clock.await_sleepers(2);

  clock.advance(10s);
  early.join();
  clock.await_sleepers(1);

  EXPECT_EQ(awake, 1);
  clock.advance(10s);
  late.join();
  EXPECT_EQ(awake, 11);
}

TEST(ManualClock, AStoppedSleeperIsForgotten) {
  ManualClock clock;
  std::atomic<bool> reached = true;
  std::jthread sleeper([&](std::stop_token stop) { reached = clock.sleep_for(10s, stop); });
  clock.await_sleepers(1);

  sleeper.request_stop();
  sleeper.join();
  clock.advance(10s);

  EXPECT_FALSE(reached);
}

TEST(ScaledClock, RunsAsManyTimesFasterAsAsked) {
  ManualClock base(Instant(12h));
  const ScaledClock clock(base, 60);
  const Tick start = clock.tick();

  base.advance(1s);

  EXPECT_EQ(clock.now(), Instant(12h) + 60s);
  EXPECT_EQ(clock.tick() - start, 60s);
}

TEST(ScaledClock, AWaitTakesThatManyTimesLess) {
  ManualClock base;
  ScaledClock clock(base, 100);
  std::atomic<bool> reached = false;
  std::jthread sleeper([&](std::stop_token stop) { reached = clock.sleep_for(300s, stop); });
  base.await_sleepers(1);

  base.advance(2999ms);
  base.await_sleepers(1);
  EXPECT_FALSE(reached);
  base.advance(1ms);
  sleeper.join();

  EXPECT_TRUE(reached);
}

TEST(ScaledClock, TwoWithOneAnchorAgreeWheneverTheyWereMade) {
  ManualClock base(Instant(12h));
  const Instant anchor = base.now();
  const ScaledClock first(base, 60, anchor);
  base.advance(10s);
  const ScaledClock second(base, 60, anchor);

  base.advance(5s);

  EXPECT_EQ(first.now(), anchor + 900s);
  EXPECT_EQ(second.now(), first.now());
}

TEST(ScaledClock, NeverStaysNever) {
  ManualClock base;
  ScaledClock clock(base, 0.001);
  std::atomic<bool> reached = true;
  std::jthread sleeper([&](std::stop_token stop) { reached = clock.sleep_until(never, stop); });

  sleeper.request_stop();
  sleeper.join();

  EXPECT_FALSE(reached);
  EXPECT_THROW(ScaledClock(base, 0), Bug);
}

}  // namespace
}  // namespace flit
