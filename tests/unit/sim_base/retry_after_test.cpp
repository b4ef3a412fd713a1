#include "sim/base/retry_after.hpp"

#include <gtest/gtest.h>

namespace flit::sim {
namespace {

using namespace std::chrono_literals;

constexpr Tick start{1000h};

TEST(RetryAfterBook, RoundsUpToWholeSecondsAndNeverSaysZero) {
  RetryAfterBook book;

  EXPECT_EQ(book.refuse("a", start, 0s), 1s);
  EXPECT_EQ(book.refuse("b", start, 2100ms), 3s);
}

TEST(RetryAfterBook, CountsWhatIsSentInsideAHint) {
  RetryAfterBook book;
  book.refuse("user", start, 10s);

  EXPECT_TRUE(book.arrive("user", start + 9s));
  EXPECT_FALSE(book.arrive("somebody else", start + 9s));
  EXPECT_FALSE(book.arrive("user", start + 10s));
  EXPECT_EQ(book.sent_inside(), 1);
}

TEST(RetryAfterBook, HintsGrowForAClientThatDoesNotListen) {
  RetryAfterBook book;
  ASSERT_EQ(book.refuse("user", start, 10s), 10s);

  book.arrive("user", start + 1s);
  EXPECT_EQ(book.refuse("user", start + 1s, 9s), 18s);
  book.arrive("user", start + 2s);
  EXPECT_EQ(book.refuse("user", start + 2s, 8s), 32s);
}

TEST(RetryAfterBook, AClientThatObeysGetsTheHonestHintNextTime) {
  RetryAfterBook book;
  book.refuse("user", start, 10s);
  book.arrive("user", start + 1s);
  book.refuse("user", start + 1s, 10s);

  book.arrive("user", start + 21s);

  EXPECT_EQ(book.refuse("user", start + 21s, 10s), 10s);
}

TEST(RetryAfterBook, NoHintIsLongerThanTheLongest) {
  RetryAfterBook book({.longest = 60s});
  book.refuse("user", start, 50s);
  for (int i = 1; i < 40; ++i) book.arrive("user", start + i * 1s);

  EXPECT_EQ(book.refuse("user", start + 40s, 50s), 60s);
  EXPECT_EQ(book.refuse("other", start, 1h), 60s);
}

TEST(RetryAfterBook, WhatWasOnItsWayIsNotHeldAgainstTheClient) {
  RetryAfterBook book({.grace = 100ms});
  book.refuse("user", start, 10s);

  EXPECT_FALSE(book.arrive("user", start + 99ms));
  book.refuse("user", start + 99ms, 10s);  // the same storm: no second grace
  EXPECT_TRUE(book.arrive("user", start + 101ms));
}

TEST(RetryAfterBook, AHintChosenByThePlatformCountsTheSame) {
  RetryAfterBook book;
  book.note("token", start, start + 5s);

  EXPECT_TRUE(book.arrive("token", start + 4s));
  book.clear();
  EXPECT_FALSE(book.arrive("token", start + 4s));
}

}  // namespace
}  // namespace flit::sim
