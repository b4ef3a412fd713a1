// The search for the best size of a batch.

#include "engine/batch_sizer.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

void send(BatchSizer& sizer, int batches, const BatchTiming& timing) {
  for (int i = 0; i < batches; ++i) sizer.settled(sizer.rows(), timing);
}

TEST(BatchSizer, GrowsWhileLanesWaitForLeaveToSend) {
  BatchSizer sizer(10, 100);

  send(sizer, 6, {.waited = 1s, .took = 500ms});
  EXPECT_EQ(sizer.rows(), 20U);
  send(sizer, 6, {.waited = 1s, .took = 1s});
  EXPECT_EQ(sizer.rows(), 40U);
  send(sizer, 6, {.waited = 1s, .took = 2s});
  send(sizer, 60, {.waited = 500ms, .took = 4s});

  EXPECT_EQ(sizer.rows(), 80U);  // a row takes as long as before, but nobody waits long any more
}

TEST(BatchSizer, GrowsWhileARequestIsHardlyWorthItsWay) {
  BatchSizer sizer(100, 1000);

  send(sizer, 6, {.took = 200ms});
  send(sizer, 6, {.took = 400ms});
  send(sizer, 60, {.took = 800ms});

  EXPECT_EQ(sizer.rows(), 400U);
}

TEST(BatchSizer, NeverGrowsBeyondTheMost) {
  BatchSizer sizer(60, 100);

  send(sizer, 30, {.waited = 1s, .took = 10ms});

  EXPECT_EQ(sizer.rows(), 100U);
}

TEST(BatchSizer, StaysWhereTheServersTimeIsTheLimit) {
  BatchSizer sizer(10, 100);

  send(sizer, 60, {.waited = 1ms, .took = 1s});

  EXPECT_EQ(sizer.rows(), 10U);
}

TEST(BatchSizer, StaysWhereRowsOfLargerBatchesTakeLonger) {
  BatchSizer sizer(10, 1000);
  send(sizer, 6, {.waited = 1s, .took = 100ms});
  ASSERT_EQ(sizer.rows(), 20U);

  send(sizer, 60, {.waited = 1s, .took = 400ms});

  EXPECT_EQ(sizer.rows(), 20U);
}

TEST(BatchSizer, ShrinksForGoodWhenARequestTakesTooLong) {
  BatchSizer sizer(100, 1000);

  sizer.settled(100, {.took = 30s});
  EXPECT_EQ(sizer.rows(), 50U);
  send(sizer, 60, {.waited = 1s, .took = 1ms});

  EXPECT_EQ(sizer.rows(), 50U);
}

TEST(BatchSizer, BatchesThatWereNotFullTellNothing) {
  BatchSizer sizer(10, 100);

  for (int i = 0; i < 60; ++i) sizer.settled(3, {.waited = 1s, .took = 1ms});

  EXPECT_EQ(sizer.rows(), 10U);
}

}  // namespace
}  // namespace flit::engine
