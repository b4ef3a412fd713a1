// A channel in production and in simulation alike.

#include "base/channel.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/check.hpp"
#include "base/lanes.hpp"
#include "base/sync.hpp"
#include "tests/unit/base/worlds.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

template <typename World>
class AnyChannel : public testing::Test {
 protected:
  void run(const test::Program& program) { world_.run(program); }

 private:
  World world_;
};

using Worlds = testing::Types<test::ThreadWorld, test::SimWorld>;
TYPED_TEST_SUITE(AnyChannel, Worlds);

const auto forever = Patience{std::stop_token{}, never};

TYPED_TEST(AnyChannel, ItemsComeOutInTheOrderInWhichTheyWentIn) {
  this->run([](Executor& executor) {
    Channel<std::string> channel(executor, "letters", 3);

    EXPECT_EQ(channel.push("a", forever), Passage::done);
    EXPECT_EQ(channel.push("b", forever), Passage::done);

    EXPECT_EQ(channel.pop(forever).item, "a");
    EXPECT_EQ(channel.pop(forever).item, "b");
  });
}

TYPED_TEST(AnyChannel, AFullChannelMakesThePusherWaitUntilThereIsRoom) {
  this->run([](Executor& executor) {
    Channel<int> channel(executor, "numbers", 2);
    Lanes lanes(executor, "group", {});
    lanes.spawn("pushes", [&](std::stop_token stop) {
      for (int i = 0; i < 100; ++i) EXPECT_EQ(channel.push(i, {stop}), Passage::done);
      channel.close();
    });

    std::vector<int> items;
    while (const auto item = channel.pop(forever).item) {
      EXPECT_LE(channel.size(), 2U);
      items.push_back(*item);
    }
    lanes.join();

    std::vector<int> expected(100);
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(items, expected);
  });
}

TYPED_TEST(AnyChannel, ADeadlineEndsAPushWithoutRoomAndAPopWithoutItem) {
  this->run([](Executor& executor) {
    Channel<int> channel(executor, "numbers", 1);

    const Passage popped = channel.pop({{}, executor.clock().after(2s)}).passage;
    EXPECT_EQ(channel.push(1, forever), Passage::done);
    const Passage pushed = channel.push(2, {{}, executor.clock().after(2s)});

    EXPECT_EQ(popped, Passage::deadline);
    EXPECT_EQ(pushed, Passage::deadline);
    EXPECT_EQ(channel.size(), 1U);
  });
}

TYPED_TEST(AnyChannel, AnItemThatIsNotTakenStaysWithItsPusher) {
  this->run([](Executor& executor) {
    Channel<std::unique_ptr<int>> channel(executor, "numbers", 1);
    EXPECT_EQ(channel.push(std::make_unique<int>(1), forever), Passage::done);
    auto mine = std::make_unique<int>(2);

    const Passage passage = channel.push(std::move(mine), {{}, executor.clock().tick()});

    EXPECT_EQ(passage, Passage::deadline);
    ASSERT_NE(mine, nullptr);  // NOLINT(bugprone-use-after-move): that is the promise
    EXPECT_EQ(*mine, 2);       // NOLINT(bugprone-use-after-move)
  });
}

TYPED_TEST(AnyChannel, AStopEndsThoseWhoWaitAtEitherEnd) {
  this->run([](Executor& executor) {
    Channel<int> full(executor, "full", 1);
    Channel<int> empty(executor, "empty", 1);
    EXPECT_EQ(full.push(1, forever), Passage::done);
    Lanes lanes(executor, "group", {});
    lanes.spawn("pushes",
                [&](std::stop_token stop) { EXPECT_EQ(full.push(2, {stop}), Passage::stopped); });
    lanes.spawn("pops", [&](std::stop_token stop) {
      EXPECT_EQ(empty.pop({stop}).passage, Passage::stopped);
    });
    executor.clock().sleep_for(1s, {});

    lanes.request_stop();
    lanes.join();

    EXPECT_EQ(full.size(), 1U);
  });
}

TYPED_TEST(AnyChannel, ClosingRefusesPushesAndLetsTheRestBePopped) {
  this->run([](Executor& executor) {
    Channel<int> channel(executor, "numbers", 4);
    EXPECT_EQ(channel.push(7, forever), Passage::done);

    channel.close();
    channel.close();

    EXPECT_EQ(channel.push(8, forever), Passage::closed);
    EXPECT_EQ(channel.pop(forever).item, 7);
    EXPECT_EQ(channel.pop(forever).passage, Passage::closed);
  });
}

TYPED_TEST(AnyChannel, ClosingEndsThoseWhoWaitAtEitherEnd) {
  this->run([](Executor& executor) {
    Channel<int> full(executor, "full", 1);
    Channel<int> empty(executor, "empty", 1);
    EXPECT_EQ(full.push(1, forever), Passage::done);
    Lanes lanes(executor, "group", {});
    for (int twice = 0; twice < 2; ++twice) {
      lanes.spawn("pushes",
                  [&](std::stop_token) { EXPECT_EQ(full.push(2, forever), Passage::closed); });
      lanes.spawn("pops",
                  [&](std::stop_token) { EXPECT_EQ(empty.pop(forever).passage, Passage::closed); });
    }
    executor.clock().sleep_for(1s, {});

    full.close();
    empty.close();
    lanes.join();

    EXPECT_EQ(full.pop(forever).item, 1);
  });
}

TYPED_TEST(AnyChannel, ManyLanesAtBothEndsPassEveryItemExactlyOnce) {
  this->run([](Executor& executor) {
    constexpr int each = 300;
    constexpr int all = 4 * each;
    Channel<int> channel(executor, "numbers", 2);
    Sync<std::vector<int>> popped;
    Lanes producers(executor, "producers", {});
    Lanes consumers(executor, "consumers", {});

    for (int lane = 0; lane < 4; ++lane) {
      producers.spawn("producer " + std::to_string(lane), [&, lane](std::stop_token stop) {
        for (int i = 0; i < each; ++i)
          EXPECT_EQ(channel.push(lane * each + i, {stop}), Passage::done);
      });
      consumers.spawn("consumer " + std::to_string(lane), [&](std::stop_token stop) {
        while (const auto item = channel.pop({stop}).item)
          popped.with([&](std::vector<int>& items) { items.push_back(*item); });
      });
    }
    producers.join();
    channel.close();
    consumers.join();

    std::vector<int> expected(all);
    std::iota(expected.begin(), expected.end(), 0);
    auto items = popped.with([](const std::vector<int>& found) { return found; });
    std::sort(items.begin(), items.end());
    EXPECT_EQ(items, expected);
  });
}

TYPED_TEST(AnyChannel, WithoutRoomForOneItemItIsABug) {
  this->run([](Executor& executor) { EXPECT_THROW(Channel<int>(executor, "none", 0), Bug); });
}

}  // namespace
}  // namespace flit
