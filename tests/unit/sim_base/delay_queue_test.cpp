#include "sim/base/delay_queue.hpp"

#include <future>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::sim {
namespace {

using namespace std::chrono_literals;

TEST(DelayQueue, MakesCallsInTheOrderInWhichTheyFallDue) {
  ManualClock clock;
  std::vector<int> order;  // written by the queue's thread only, read after its end
  std::promise<void> done;
  {
    DelayQueue queue(clock);
    queue.schedule(clock.tick() + 3s, [&] {
      order.push_back(3);
      done.set_value();
    });
    queue.schedule(clock.tick() + 1s, [&] { order.push_back(1); });
    queue.schedule(clock.tick() + 2s, [&] { order.push_back(2); });
    clock.advance(5s);
    done.get_future().wait();
  }

  EXPECT_THAT(order, testing::ElementsAre(1, 2, 3));
}

TEST(DelayQueue, MakesEveryCallBeforeItEnds) {
  ManualClock clock;
  int made = 0;
  {
    DelayQueue queue(clock);
    for (int i = 0; i < 10; ++i) queue.schedule(clock.tick() + 1h, [&] { ++made; });
  }

  EXPECT_EQ(made, 10);
}

TEST(DelayQueue, WaitsForNothingOnceReleased) {
  ManualClock clock;
  std::promise<void> made;
  DelayQueue queue(clock);
  queue.release();

  queue.schedule(clock.tick() + 1h, [&] { made.set_value(); });

  EXPECT_EQ(made.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace flit::sim
