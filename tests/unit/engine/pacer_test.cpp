#include "engine/pacer.hpp"

#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "base/lanes.hpp"
#include "base/sim_executor.hpp"

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

/// Runs `body` as the first lane of a simulation and gives back how long it took there.
template <typename Body>
Duration simulated(Body body) {
  SimExecutor executor({.seed = 7});
  const Tick start = executor.clock().tick();
  executor.run([&] { body(executor, std::stop_token()); });
  return executor.clock().tick() - start;
}

std::function<Result<int>()> failing(int times, Error error, int& calls) {
  return [=, &calls]() -> Result<int> {
    if (++calls <= times) return Error(error);
    return 42;
  };
}

TEST(Pacer, WaitsExactlyAsLongAsThePlatformSays) {
  int calls = 0;
  const Duration took = simulated([&](Executor& executor, std::stop_token stop) {
    Pacer pacer(executor, "dest", {});
    const auto answer = pacer.call<int>(
        Repeat::never, stop,
        failing(2, {.fault = Fault::limit, .message = "429", .retry_after = 24s}, calls));
    EXPECT_EQ(answer.value(), 42);
  });

  EXPECT_EQ(calls, 3);
  EXPECT_EQ(took, 48s);
}

TEST(Pacer, TransientFaultsAreTriedAgainUntilTheBudgetIsSpent) {
  int calls = 0;
  simulated([&](Executor& executor, std::stop_token stop) {
    Pacer pacer(executor, "dest", {.retry = {.attempts = 3}});
    const auto answer = pacer.call<int>(
        Repeat::reads, stop, failing(99, {.fault = Fault::transient, .message = "503"}, calls));
    EXPECT_EQ(answer.error().message, "503");
  });

  EXPECT_EQ(calls, 3);
}

TEST(Pacer, AnAmbiguousWriteIsRepeatedOnlyUnderItsIdentity) {
  for (const Repeat repeat : {Repeat::identified_writes, Repeat::never}) {
    int calls = 0;
    simulated([&](Executor& executor, std::stop_token stop) {
      Pacer pacer(executor, "dest", {});
      (void)pacer.call<int>(repeat, stop,
                            failing(1, {.fault = Fault::ambiguous, .message = "reset"}, calls));
    });
    EXPECT_EQ(calls, repeat == Repeat::never ? 1 : 2);
  }
}

TEST(Pacer, WhatIsRefusedForGoodIsNotTriedAgain) {
  int calls = 0;
  simulated([&](Executor& executor, std::stop_token stop) {
    Pacer pacer(executor, "dest", {});
    EXPECT_FALSE(pacer.call<int>(Repeat::reads, stop,
                                 failing(9, {.fault = Fault::permanent, .message = "400"}, calls)));
  });

  EXPECT_EQ(calls, 1);
}

TEST(Pacer, AStopEndsAWaitAtOnce) {
  const Duration took = simulated([](Executor& executor, std::stop_token) {
    Pacer pacer(executor, "dest", {});
    Lanes lanes(executor, "test", {});
    lanes.spawn("caller", [&](std::stop_token stop) {
      int calls = 0;
      const Error limit{
          .fault = Fault::limit, .message = "429", .retry_after = std::chrono::hours(5)};
      const auto answer = pacer.call<int>(Repeat::reads, stop, failing(9, limit, calls));
      EXPECT_EQ(answer.error().fault, Fault::cancelled);
    });
    lanes.spawn("stopper", [&](std::stop_token stop) {
      executor.clock().sleep_for(1s, stop);
      lanes.request_stop();
    });
    lanes.join();
  });

  EXPECT_LT(took, 2s);
}

TEST(Pacer, NeverMoreInFlightThanTheGovernorAllows) {
  int flying = 0;
  int most = 0;
  simulated([&](Executor& executor, std::stop_token) {
    Pacer pacer(executor, "dest", {.governor = {.initial = 3, .ceiling = 3}});
    const auto attempt = [&](std::stop_token stop) -> Result<int> {
      most = std::max(most, ++flying);
      executor.clock().sleep_for(50ms, stop);
      return --flying;
    };
    Lanes lanes(executor, "test", {});
    for (int lane = 0; lane < 10; ++lane)
      lanes.spawn("lane " + std::to_string(lane), [&](std::stop_token stop) {
        for (int i = 0; i < 5; ++i)
          EXPECT_TRUE(pacer.call<int>(Repeat::reads, stop, [&] { return attempt(stop); }));
      });
    lanes.join();
  });

  EXPECT_EQ(most, 3);
}

TEST(Pacer, WhileOneUserMustWaitAnotherSends) {
  std::vector<std::size_t> asked;
  const Duration took = simulated([&](Executor& executor, std::stop_token stop) {
    Pacer pacer(executor, "dest", {.users = 2});
    const auto answer =
        pacer.call_as_any<int>(Repeat::never, stop, [&](std::size_t user) -> Result<int> {
          asked.push_back(user);
          if (user == 0) return Error{.fault = Fault::limit, .message = "429", .retry_after = 1h};
          return 42;
        });
    EXPECT_EQ(answer.value(), 42);
  });

  EXPECT_EQ(asked, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(took, 0s);
}

TEST(Pacer, WhatOnlyOneUserMayDoWaitsForIt) {
  const Duration took = simulated([&](Executor& executor, std::stop_token stop) {
    Pacer pacer(executor, "dest", {.users = 2});
    int calls = 0;
    const auto answer = pacer.call_as<int>(
        1, Repeat::never, stop,
        failing(1, {.fault = Fault::limit, .message = "429", .retry_after = 1h}, calls));
    EXPECT_EQ(answer.value(), 42);
  });

  EXPECT_EQ(took, 1h);
}

TEST(Pacer, EveryUserHasTheLimitsOfOne) {
  simulated([](Executor& executor, std::stop_token) {
    Pacer pacer(executor, "dest", {.governor = {.initial = 2, .ceiling = 2}, .users = 3});
    EXPECT_EQ(pacer.limit(), 6);
    int at_a_time = 0;
    std::map<std::size_t, int> of_user;
    Lanes lanes(executor, "callers", {});
    for (int i = 0; i < 12; ++i)
      lanes.spawn("caller", [&](std::stop_token stop) {
        (void)pacer.call_as_any<int>(Repeat::never, stop, [&](std::size_t user) -> Result<int> {
          ++of_user[user];
          at_a_time = std::max(at_a_time, pacer.in_flight());
          (void)executor.clock().sleep_for(1s, stop);
          return 1;
        });
      });
    lanes.join();
    EXPECT_EQ(at_a_time, 6);
    EXPECT_EQ(of_user, (std::map<std::size_t, int>{{0, 4}, {1, 4}, {2, 4}}));
  });
}

}  // namespace
}  // namespace flit::engine
