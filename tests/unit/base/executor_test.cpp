// What holds in production and in simulation alike: one suite, both executors.

#include "base/executor.hpp"

#include <atomic>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "base/check.hpp"
#include "base/lanes.hpp"
#include "base/sync.hpp"
#include "base/watched.hpp"
#include "tests/unit/base/worlds.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

template <typename World>
class AnyExecutor : public testing::Test {
 protected:
  void run(const test::Program& program) { world_.run(program); }

 private:
  World world_;
};

using Worlds = testing::Types<test::ThreadWorld, test::SimWorld>;
TYPED_TEST_SUITE(AnyExecutor, Worlds);

const auto forever = Patience{std::stop_token{}, never};

TYPED_TEST(AnyExecutor, EveryLaneHasRunWhenTheGroupIsJoined) {
  this->run([](Executor& executor) {
    Watched<int> count(executor, "count");
    Lanes lanes(executor, "group", {});

    for (int lane = 0; lane < 8; ++lane)
      lanes.spawn("lane " + std::to_string(lane), [&](std::stop_token) {
        for (int i = 0; i < 50; ++i) count.change([](int& n) { ++n; });
      });
    lanes.join();

    EXPECT_EQ(count.look([](const int& n) { return n; }), 400);
    EXPECT_EQ(lanes.running(), 0U);
  });
}

TYPED_TEST(AnyExecutor, AWaitEndsWhenAnotherLaneMakesItsConditionTrue) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level");
    int seen = 0;
    Lanes lanes(executor, "group", {});

    lanes.spawn("waits", [&](std::stop_token stop) {
      const Woken woken = level.when(
          "three", {stop}, [](const int& n) { return n >= 3; }, [&](int& n) { seen = n; });
      EXPECT_EQ(woken, Woken::ready);
    });
    lanes.spawn("raises", [&](std::stop_token stop) {
      for (int i = 0; i < 3; ++i) {
        level.change([](int& n) { ++n; });
        executor.clock().sleep_for(1s, stop);
      }
    });
    lanes.join();

    EXPECT_EQ(seen, 3);
  });
}

TYPED_TEST(AnyExecutor, OneChangeServesAsManyWaitersAsItCan) {
  this->run([](Executor& executor) {
    Watched<int> permits(executor, "permits");
    Watched<int> served(executor, "served");
    Lanes lanes(executor, "group", {});
    for (int lane = 0; lane < 10; ++lane)
      lanes.spawn("lane " + std::to_string(lane), [&](std::stop_token stop) {
        if (permits.when(
                "a permit", {stop}, [](const int& n) { return n > 0; }, [](int& n) { --n; }) ==
            Woken::ready)
          served.change([](int& n) { ++n; });
      });

    permits.change([](int& n) { n += 7; });
    const Woken woken = served.when(
        "seven", forever, [](const int& n) { return n == 7; }, [](int&) {});
    lanes.request_stop();
    lanes.join();

    EXPECT_EQ(woken, Woken::ready);
    EXPECT_EQ(served.look([](const int& n) { return n; }), 7);
    EXPECT_EQ(permits.look([](const int& n) { return n; }), 0);
  });
}

TYPED_TEST(AnyExecutor, AWaitEndsAtItsDeadlineAndNotBefore) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level");
    const Tick deadline = executor.clock().after(5s);
    bool acted = false;

    const Woken woken = level.when(
        "what never comes", {{}, deadline}, [](const int&) { return false; },
        [&](int&) { acted = true; });

    EXPECT_EQ(woken, Woken::deadline);
    EXPECT_FALSE(acted);
    EXPECT_GE(executor.clock().tick(), deadline);
  });
}

TYPED_TEST(AnyExecutor, AConditionThatHoldsWinsOverADeadlineThatHasPassed) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level", 1);
    const auto passed = executor.clock().tick();

    const Woken woken = level.when(
        "one", {{}, passed}, [](const int& n) { return n == 1; }, [](int& n) { n = 2; });

    EXPECT_EQ(woken, Woken::ready);
    EXPECT_EQ(level.look([](const int& n) { return n; }), 2);
  });
}

TYPED_TEST(AnyExecutor, AStopWinsOverAConditionThatHolds) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level", 1);
    std::stop_source stop;
    stop.request_stop();
    bool acted = false;

    const Woken woken = level.when(
        "one", {stop.get_token()}, [](const int&) { return true; }, [&](int&) { acted = true; });

    EXPECT_EQ(woken, Woken::stopped);
    EXPECT_FALSE(acted);
  });
}

TYPED_TEST(AnyExecutor, AStopEndsSleepsAndWaitsOfTheWholeGroup) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level");
    Lanes lanes(executor, "group", {});
    lanes.spawn("sleeps", [&](std::stop_token stop) {
      EXPECT_FALSE(executor.clock().sleep_until(never, stop));
    });
    lanes.spawn("waits", [&](std::stop_token stop) {
      EXPECT_EQ(level.when(
                    "what never comes", {stop}, [](const int&) { return false; }, [](int&) {}),
                Woken::stopped);
    });
    executor.clock().sleep_for(1s, {});

    lanes.request_stop();
    lanes.join();

    EXPECT_EQ(lanes.running(), 0U);
  });
}

TYPED_TEST(AnyExecutor, AStopOfTheParentStopsTheGroup) {
  this->run([](Executor& executor) {
    std::stop_source parent;
    bool reached = true;
    Lanes lanes(executor, "group", parent.get_token());
    lanes.spawn("sleeps",
                [&](std::stop_token stop) { reached = executor.clock().sleep_until(never, stop); });

    parent.request_stop();
    lanes.join();

    EXPECT_FALSE(reached);
  });
}

TYPED_TEST(AnyExecutor, ABugInOneLaneStopsTheOthersAndIsThrownAtJoin) {
  this->run([](Executor& executor) {
    Lanes lanes(executor, "group", {});
    bool reached = true;
    lanes.spawn("sleeps",
                [&](std::stop_token stop) { reached = executor.clock().sleep_until(never, stop); });
    lanes.spawn("breaks a promise",
                [](std::stop_token) { FLIT_CHECK(1 + 1 == 3, "arithmetic is broken here"); });

    EXPECT_THROW(lanes.join(), Bug);

    EXPECT_FALSE(reached);
    EXPECT_NO_THROW(lanes.join());
  });
}

TYPED_TEST(AnyExecutor, AWaitForAGroupMayHaveADeadline) {
  this->run([](Executor& executor) {
    Lanes lanes(executor, "group", {});
    lanes.spawn("sleeps", [&](std::stop_token stop) { executor.clock().sleep_until(never, stop); });

    const Woken early = lanes.wait({{}, executor.clock().after(2s)});
    lanes.request_stop();
    const Woken late = lanes.wait({{}, executor.clock().after(3600s)});

    EXPECT_EQ(early, Woken::deadline);
    EXPECT_EQ(late, Woken::ready);
  });
}

TYPED_TEST(AnyExecutor, LanesSpawnLanesAndTheOwnerWaitsForAllOfThem) {
  this->run([](Executor& executor) {
    Watched<int> count(executor, "count");
    Lanes lanes(executor, "group", {});
    const std::function<void(int)> grow = [&](int depth) {
      count.change([](int& n) { ++n; });
      if (depth == 0) return;
      for (int child = 0; child < 2; ++child)
        lanes.spawn("depth " + std::to_string(depth),
                    [&grow, depth](std::stop_token) { grow(depth - 1); });
    };

    grow(4);
    lanes.join();

    EXPECT_EQ(count.look([](const int& n) { return n; }), 31);
  });
}

TYPED_TEST(AnyExecutor, AGroupThatGoesAwayStopsItsLanesFirst) {
  this->run([](Executor& executor) {
    bool reached = true;

    {
      Lanes lanes(executor, "group", {});
      lanes.spawn("sleeps", [&](std::stop_token stop) {
        reached = executor.clock().sleep_until(never, stop);
      });
    }

    EXPECT_FALSE(reached);
  });
}

TYPED_TEST(AnyExecutor, AConditionThatThrowsThrowsInItsOwnLane) {
  this->run([](Executor& executor) {
    Watched<int> level(executor, "level");
    Lanes lanes(executor, "group", {});
    lanes.spawn("has a bad condition", [&](std::stop_token stop) {
      EXPECT_THROW(static_cast<void>(level.when(
                       "trouble", {stop},
                       [](const int& n) {
                         if (n > 0) throw std::runtime_error("bad condition");
                         return false;
                       },
                       [](int&) {})),
                   std::runtime_error);
    });
    executor.clock().sleep_for(1s, {});

    EXPECT_NO_THROW(level.change([](int& n) { ++n; }));
    EXPECT_NO_THROW(lanes.join());
  });
}

TYPED_TEST(AnyExecutor, WaitingWithALockHeldIsABugOnTheSpot) {
  this->run([](Executor& executor) {
    Watched<int> first(executor, "first");
    Watched<int> second(executor, "second");
    Sync<int> leaf;
    auto& clock = executor.clock();

    EXPECT_THROW(first.change([&](int&) { clock.sleep_for(1s, {}); }), Bug);
    EXPECT_THROW(first.change([&](int&) { second.change([](int&) {}); }), Bug);
    EXPECT_THROW(first.change([&](int&) { first.look([](const int&) {}); }), Bug);
    EXPECT_THROW(leaf.with([&](int&) { clock.sleep_for(1s, {}); }), Bug);
    EXPECT_THROW(leaf.with([&](int&) { first.change([](int&) {}); }), Bug);
    EXPECT_THROW(leaf.with([&](int&) {
      static_cast<void>(first.when(
          "x", forever, [](const int&) { return true; }, [](int&) {}));
    }),
                 Bug);
    EXPECT_NO_THROW(first.change([&](int&) { leaf.with([](int& n) { ++n; }); }));
  });
}

TYPED_TEST(AnyExecutor, ChangeAndLookReturnWhatTheirFunctionsReturn) {
  this->run([](Executor& executor) {
    Watched<std::string> name(executor, "name", "Ada");

    const std::size_t length = name.change([](std::string& text) {
      text += " Lovelace";
      return text.size();
    });

    EXPECT_EQ(length, 12U);
    EXPECT_EQ(name.look([](const std::string& text) { return text; }), "Ada Lovelace");
  });
}

TEST(ThreadExecutor, AManualClockCommandsTheDeadlinesOfItsLanes) {
  ManualClock clock;
  ThreadExecutor executor(clock);
  Watched<int> level(executor, "level");
  Woken woken = Woken::ready;
  Lanes lanes(executor, "group", {});
  lanes.spawn("waits", [&](std::stop_token stop) {
    woken = level.when(
        "what never comes", {stop, clock.after(60s)}, [](const int&) { return false; },
        [](int&) {});
  });
  clock.await_sleepers(1);

  clock.advance(59s);
  clock.await_sleepers(1);
  EXPECT_EQ(lanes.running(), 1U);
  clock.advance(1s);
  lanes.join();

  EXPECT_EQ(woken, Woken::deadline);
}

}  // namespace
}  // namespace flit
