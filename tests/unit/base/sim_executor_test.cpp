#include "base/sim_executor.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/channel.hpp"
#include "base/check.hpp"
#include "base/lanes.hpp"
#include "base/random.hpp"
#include "tests/support/golden.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;
using Ending = SimExecutor::Ending;

const auto forever = Patience{std::stop_token{}, never};

/// What the lanes did, in the order in which they did it.
using Diary = std::vector<std::string>;

/// Two producers and two consumers with random waits over a bounded channel.
void four_lanes(Executor& executor, std::uint64_t seed, Diary& diary) {
  Channel<int> channel(executor, "orders", 2);
  Lanes producers(executor, "producers", {});
  Lanes consumers(executor, "consumers", {});
  for (const std::string name : {"producer 1", "producer 2"})
    producers.spawn(name, [&, name](std::stop_token stop) {
      Random random(seed, name);
      for (int i = 0; i < 5; ++i) {
        executor.clock().sleep_for(std::chrono::milliseconds(random.below(50)), stop);
        EXPECT_EQ(channel.push(i, {stop}), Passage::done);
        diary.push_back(name + " pushed " + std::to_string(i));
      }
    });
  for (const std::string name : {"consumer 1", "consumer 2"})
    consumers.spawn(name, [&, name](std::stop_token stop) {
      Random random(seed, name);
      while (const auto item = channel.pop({stop}).item) {
        diary.push_back(name + " popped " + std::to_string(*item));
        executor.clock().sleep_for(std::chrono::milliseconds(random.below(50)), stop);
      }
    });
  producers.join();
  channel.close();
  consumers.join();
}

struct Replay {
  Diary diary;
  std::unique_ptr<SimExecutor> sim;

  explicit Replay(std::uint64_t seed, std::uint64_t waits_seed = 1)
      : sim(std::make_unique<SimExecutor>(SimExecutor::Settings{.seed = seed})) {
    EXPECT_EQ(sim->run([&] { four_lanes(*sim, waits_seed, diary); }), Ending::done);
  }
};

TEST(SimExecutor, FourLanesReplayTheSameOrderFromTheSameSeed) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Replay first(seed);
    const Replay second(seed);

    ASSERT_EQ(first.diary.size(), 20U);
    EXPECT_EQ(first.diary, second.diary);
    EXPECT_EQ(first_difference(first.sim->trace(), second.sim->trace()), "");
    EXPECT_EQ(first.sim->trace().digest(), second.sim->trace().digest());
  }
}

TEST(SimExecutor, AnotherSeedGivesAnotherOrderOfTheSameWaits) {
  std::set<Diary> orders;

  for (std::uint64_t seed = 0; seed < 20; ++seed) orders.insert(Replay(seed, 1).diary);

  EXPECT_GT(orders.size(), 15U);
  EXPECT_NE(first_difference(Replay(1).sim->trace(), Replay(2).sim->trace()), "");
}

TEST(SimExecutor, TheOrderOfASeedIsTheSameOnEveryMachine) {
  const Replay run(7);

  test::expect_golden("base/four_lanes_of_seed_7.txt", run.sim->trace().text());
}

TEST(SimExecutor, TimeJumpsToTheNextDeadlineAndTakesNone) {
  SimExecutor sim({.start = Instant(12h)});

  sim.run([&] {
    sim.clock().sleep_for(24h * 365, {});
    EXPECT_EQ(sim.clock().now(), Instant(12h) + 24h * 365);
  });

  EXPECT_EQ(sim.clock().tick(), Tick(24h * 365));
}

TEST(SimExecutor, LanesSleepSideBySide) {
  SimExecutor sim({});

  sim.run([&] {
    Lanes lanes(sim, "group", {});
    for (int i = 1; i <= 10; ++i)
      lanes.spawn("lane", [&, i](std::stop_token stop) { sim.clock().sleep_for(i * 1s, stop); });
    lanes.join();
  });

  EXPECT_EQ(sim.clock().tick(), Tick(10s));
}

TEST(SimExecutor, ADeadlockIsNamedAndUnwound) {
  SimExecutor sim({.seed = 3});
  int unwound = 0;
  struct Witness {
    int& count;
    ~Witness() { ++count; }
  };

  std::string report;
  try {
    sim.run([&] {
      Channel<int> left(sim, "left", 1);
      Channel<int> right(sim, "right", 1);
      Lanes lanes(sim, "knot", {});
      lanes.spawn("first", [&](std::stop_token stop) {
        const Witness witness{unwound};
        static_cast<void>(left.pop({stop}));
        static_cast<void>(right.push(1, {stop}));
      });
      lanes.spawn("second", [&](std::stop_token stop) {
        const Witness witness{unwound};
        static_cast<void>(right.pop({stop}));
        static_cast<void>(left.push(1, {stop}));
      });
      lanes.join();
    });
  } catch (const Bug& bug) {
    report = bug.what();
  }

  EXPECT_NE(report.find("seed 3 is stuck"), std::string::npos) << report;
  EXPECT_NE(report.find("first waits for an item (channel left)"), std::string::npos) << report;
  EXPECT_NE(report.find("second waits for an item (channel right)"), std::string::npos) << report;
  EXPECT_NE(report.find("main waits for every lane to end (lanes knot)"), std::string::npos)
      << report;
  EXPECT_EQ(unwound, 2);
}

TEST(SimExecutor, ARunThatDoesNotEndIsABug) {
  SimExecutor sim({.max_switches = 1000});

  EXPECT_THROW(sim.run([&] {
    while (true) sim.clock().sleep_for(1s, {});
  }),
               Bug);

  EXPECT_EQ(sim.trace().switches(), 1001U);
}

TEST(SimExecutor, AnExceptionOfTheProgramIsThrownOn) {
  SimExecutor sim({});

  EXPECT_THROW(sim.run([&] {
    Lanes lanes(sim, "group", {});
    lanes.spawn("sleeps", [&](std::stop_token stop) { sim.clock().sleep_until(never, stop); });
    FLIT_CHECK(1 + 1 == 3, "arithmetic is broken here");
  }),
               Bug);
}

TEST(SimExecutor, OnlyItsLanesWaitInASimulation) {
  SimExecutor sim({});

  EXPECT_THROW(sim.clock().sleep_for(1s, {}), Bug);
  EXPECT_THROW(static_cast<void>(sim.start("stray", [] {})), Bug);
  EXPECT_EQ(sim.run([] {}), Ending::done);
  EXPECT_THROW(sim.run([] {}), Bug);
}

TEST(SimExecutor, ACrashThrowsOutOfEveryWaitAndRunsNoContinuation) {
  SimExecutor sim({});
  int unwound = 0;
  int continued = 0;
  struct Witness {
    int& count;
    ~Witness() { ++count; }
  };

  const Ending ending = sim.run([&] {
    Channel<int> channel(sim, "orders", 1);
    Lanes lanes(sim, "group", {});
    lanes.spawn("sleeps", [&](std::stop_token stop) {
      const Witness witness{unwound};
      sim.clock().sleep_until(never, stop);
      ++continued;
    });
    lanes.spawn("waits", [&](std::stop_token stop) {
      const Witness witness{unwound};
      static_cast<void>(channel.pop({stop}));
      ++continued;
    });
    lanes.spawn("crashes", [&](std::stop_token stop) {
      const Witness witness{unwound};
      sim.clock().sleep_for(5s, stop);
      sim.crash();
    });
    lanes.join();
    ++continued;
  });

  EXPECT_EQ(ending, Ending::crashed);
  EXPECT_TRUE(sim.crashed());
  EXPECT_EQ(unwound, 3);
  EXPECT_EQ(continued, 0);
  EXPECT_EQ(sim.clock().tick(), Tick(5s));
}

TEST(SimExecutor, AHandlerThatSwallowsEverythingDoesNotSurviveACrash) {
  SimExecutor sim({.crash_at_switch = 50});
  int swallowed = 0;

  const Ending ending = sim.run([&] {
    Lanes lanes(sim, "group", {});
    lanes.spawn("stubborn", [&](std::stop_token stop) {
      for (int lives = 0; lives < 3; ++lives) {
        try {
          while (true) sim.clock().sleep_for(1s, stop);
        } catch (...) {
          ++swallowed;
        }
      }
    });
    lanes.join();
  });

  EXPECT_EQ(ending, Ending::crashed);
  EXPECT_EQ(swallowed, 3);
}

/// A writer that says "begun" before and "done" after each of its writes, with waits between.
void write_in_steps(SimExecutor& sim, std::vector<std::string>& disk) {
  Watched<int> written(sim, "written");
  Lanes lanes(sim, "writers", {});
  for (const std::string name : {"a", "b", "c"})
    lanes.spawn("writer " + name, [&, name](std::stop_token stop) {
      for (int i = 0; i < 3; ++i) {
        disk.push_back("begun " + name);
        sim.clock().sleep_for(1s, stop);
        disk.push_back("done " + name);
        written.change([](int& n) { ++n; });
      }
    });
  lanes.join();
  disk.push_back("all done");
}

TEST(SimExecutor, ACrashAtAnySwitchLeavesWhatACrashCouldLeave) {
  std::uint64_t switch_number = 1;
  std::size_t crashes = 0;

  for (;; ++switch_number) {
    SimExecutor sim({.seed = 5, .interrupt_one_in = 2, .crash_at_switch = switch_number});
    std::vector<std::string> disk;
    if (sim.run([&] { write_in_steps(sim, disk); }) == Ending::done) break;
    ++crashes;

    std::map<std::string, int> open;
    for (const std::string& line : disk) {
      ASSERT_NE(line, "all done") << "crash at switch " << switch_number;
      const auto space = line.find(' ');
      const int now_open = open[line.substr(space)] += line.substr(0, space) == "begun" ? 1 : -1;
      ASSERT_TRUE(now_open == 0 || now_open == 1) << "crash at switch " << switch_number;
    }
  }

  EXPECT_GT(crashes, 15U);
}

TEST(SimExecutor, NoLaneLivesToSeeWhatTheDestructorsOfADeadOneDo) {
  struct Leaver {
    Watched<bool>& left;
    ~Leaver() {
      left.change([](bool& has_left) { has_left = true; });
    }
  };
  for (std::uint64_t crash = 1; crash < 200; ++crash) {
    SimExecutor sim({.seed = crash, .interrupt_one_in = 1, .crash_at_switch = crash});
    bool believed_it_left = false;

    const Ending ending = sim.run([&] {
      Watched<bool> left(sim, "left");
      Lanes lanes(sim, "group", {});
      lanes.spawn("worker", [&](std::stop_token stop) {
        const Leaver leaver{left};
        while (sim.clock().sleep_for(1s, stop)) {
        }
      });
      lanes.spawn("observer", [&](std::stop_token stop) {
        while (sim.clock().sleep_for(1s, stop))
          if (left.look([](const bool& has_left) { return has_left; })) believed_it_left = true;
      });
      lanes.join();
    });

    ASSERT_EQ(ending, Ending::crashed);
    ASSERT_FALSE(believed_it_left) << "crash at switch " << crash;
  }
}

struct Tally {
  std::vector<int> pushed, popped;
  std::stop_token stop{};  // of the producers
};

void produce(Executor& executor, Channel<int>& channel, Random random, Tally& tally) {
  for (int item = static_cast<int>(random.below(1'000'000)) * 1000;; ++item) {
    if (channel.push(item, {tally.stop, executor.clock().after(3ms)}) == Passage::done)
      tally.pushed.push_back(item);
    const auto pause = std::chrono::milliseconds(random.below(5));
    if (!executor.clock().sleep_for(pause, tally.stop)) return;
  }
}

void consume(Executor& executor, Channel<int>& channel, Random random, Tally& tally) {
  while (true) {
    const auto popped = channel.pop({{}, executor.clock().after(4ms)});
    if (popped.passage == Passage::closed) return;
    if (popped.item) tally.popped.push_back(*popped.item);
    executor.clock().sleep_for(std::chrono::milliseconds(random.below(8)), {});
  }
}

/// Two producers and three consumers; the producers are stopped in the middle, and what is inside
/// is drained.
void stop_in_the_middle(Executor& executor, std::uint64_t seed, Tally& tally) {
  Channel<int> channel(executor, "orders", 3);
  Lanes producers(executor, "producers", {});
  Lanes consumers(executor, "consumers", {});
  tally.stop = producers.stop_token();
  for (const std::string name : {"producer 1", "producer 2"})
    producers.spawn(name, [&, name](std::stop_token) {
      produce(executor, channel, Random(seed, name), tally);
    });
  for (const std::string name : {"consumer 1", "consumer 2", "consumer 3"})
    consumers.spawn(name, [&, name](std::stop_token) {
      consume(executor, channel, Random(seed, name), tally);
    });
  executor.clock().sleep_for(20ms, {});
  producers.request_stop();
  producers.join();
  channel.close();
  consumers.join();
}

TEST(SimExecutor, AThousandSeedsWithAStopInTheMiddleLoseNothingAndDoubleNothing) {
  std::set<std::size_t> sizes;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    SimExecutor sim({.seed = seed, .interrupt_one_in = 3, .trace_length = 0});
    Tally tally;

    sim.run([&] { stop_in_the_middle(sim, seed, tally); });

    sizes.insert(tally.popped.size());
    std::sort(tally.pushed.begin(), tally.pushed.end());
    std::sort(tally.popped.begin(), tally.popped.end());
    ASSERT_FALSE(tally.pushed.empty()) << "seed " << seed;
    ASSERT_EQ(tally.pushed, tally.popped) << "seed " << seed;
    ASSERT_EQ(std::adjacent_find(tally.popped.begin(), tally.popped.end()), tally.popped.end())
        << "seed " << seed;
  }
  EXPECT_GT(sizes.size(), 3U) << "the seeds hardly differ";
}

}  // namespace
}  // namespace flit
