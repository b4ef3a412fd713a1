#include "sim/base/rate_window.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

using namespace std::chrono_literals;

constexpr Tick start{1000h};

TEST(SlidingWindow, HoldsWhatHappenedDuringItsWidth) {
  SlidingWindow window(300s);
  window.add(start, 5);
  window.add(start + 100s, 7);

  EXPECT_EQ(window.total(start + 299s), 12);
  EXPECT_EQ(window.total(start + 300s), 7);
  EXPECT_EQ(window.total(start + 400s), 0);
}

TEST(SlidingWindow, SaysWhenTheTotalIsLowEnoughAgain) {
  SlidingWindow window(300s);
  for (int i = 0; i < 10; ++i) window.add(start + i * 10s, 1);
  const Tick now = start + 100s;

  EXPECT_EQ(window.until_at_most(now, 10), 0s);
  EXPECT_EQ(window.until_at_most(now, 9), 200s);
  EXPECT_EQ(window.until_at_most(now, 0), 290s);
}

TEST(SlidingWindow, AnAmountBeyondTheCeilingLeavesWithItsSlot) {
  SlidingWindow window(300s);
  window.add(start, 2'000'000);

  EXPECT_EQ(window.until_at_most(start, 1'200'000), 300s);
}

TEST(TokenBucket, GivesItsBurstAndThenItsRate) {
  TokenBucket bucket(10, 20);
  for (int i = 0; i < 20; ++i) ASSERT_FALSE(bucket.take(start));

  EXPECT_EQ(bucket.take(start), 100ms);
  EXPECT_EQ(bucket.take(start + 40ms), 60ms);
  EXPECT_FALSE(bucket.take(start + 100ms));
  EXPECT_TRUE(bucket.take(start + 100ms));
}

TEST(TokenBucket, NeverHoldsMoreThanItsCapacity) {
  TokenBucket bucket(10, 3);
  bucket.take(start);

  EXPECT_EQ(bucket.level(start + 1h), 3);
}

TEST(ConcurrencyGauge, CountsTheHandledAndTheDelayed) {
  ConcurrencyGauge gauge;
  ASSERT_TRUE(gauge.enter(start, 2));
  gauge.leave_at(start + 5s);
  ASSERT_TRUE(gauge.enter(start + 1s, 2));

  EXPECT_FALSE(gauge.enter(start + 2s, 2));
  EXPECT_TRUE(gauge.enter(start + 5s, 2));
  EXPECT_EQ(gauge.in_flight(start + 5s), 2U);
}

TEST(DailyQuota, StartsAnewAtMidnightUtc) {
  const Instant evening =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 2) + 23h + 59min + 58s;
  DailyQuota quota(10);
  ASSERT_TRUE(quota.take(evening, 10));

  EXPECT_FALSE(quota.take(evening));
  EXPECT_EQ(DailyQuota::until_midnight(evening), 2s);
  EXPECT_TRUE(quota.take(evening + 2s));
  EXPECT_EQ(quota.left(evening + 2s), 9);
}

TEST(DailyQuota, MayBeOverdrawnWhereThePlatformIsSoft) {
  DailyQuota quota(10);

  quota.spend(Instant{}, 15);

  EXPECT_EQ(quota.left(Instant{}), -5);
}

}  // namespace
}  // namespace flit::sim
