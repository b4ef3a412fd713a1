#include "engine/rate_governor.hpp"

#include <gtest/gtest.h>

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

const Tick noon{};

Permit admitted(RateGovernor& governor, Tick now) {
  const auto answer = governor.admit(now);
  EXPECT_TRUE(std::holds_alternative<Permit>(answer));
  return std::holds_alternative<Permit>(answer) ? std::get<Permit>(answer) : Permit{now};
}

TEST(RateGovernor, RetryAfterClosesTheDoorForEveryLane) {
  RateGovernor governor({.initial = 8});
  const Permit first = admitted(governor, noon);

  governor.report(first, {Ending::limited, noon + 31s}, noon + 1s);

  EXPECT_EQ(std::get<AskAgain>(governor.admit(noon + 30s)).not_before, noon + 31s);
  EXPECT_TRUE(std::holds_alternative<Permit>(governor.admit(noon + 31s)));
}

TEST(RateGovernor, AQuotaIsSpreadEvenlyOverItsWindow) {
  RateGovernor governor(
      {.initial = 1000, .ceiling = 1000, .quotas = {{.requests = 10, .window = 1s}}});
  int sent = 0;
  for (Tick now = noon; now < noon + 3s; now += 10ms)
    if (std::holds_alternative<Permit>(governor.admit(now))) ++sent;

  EXPECT_EQ(sent, 30);
}

TEST(RateGovernor, OneStormIsOneCut) {
  RateGovernor governor({.initial = 10, .cut = 0.5});
  std::vector<Permit> permits;
  for (int i = 0; i < 10; ++i) permits.push_back(admitted(governor, noon));

  for (const Permit& permit : permits) governor.report(permit, {Ending::limited}, noon + 1s);

  EXPECT_EQ(governor.limit(), 5);
}

TEST(RateGovernor, GrowsOnlyWhenMoreLanesAreWanted) {
  RateGovernor idle({.initial = 2});
  for (int i = 0; i < 50; ++i) idle.report(admitted(idle, noon), {Ending::ok}, noon);
  EXPECT_EQ(idle.limit(), 2);

  RateGovernor busy({.initial = 2, .ceiling = 6});
  for (int round = 0; round < 50; ++round) {
    std::vector<Permit> permits;
    for (auto answer = busy.admit(noon); std::holds_alternative<Permit>(answer);
         answer = busy.admit(noon))
      permits.push_back(std::get<Permit>(answer));
    for (const Permit& permit : permits) busy.report(permit, {Ending::ok}, noon);
  }
  EXPECT_EQ(busy.limit(), 6);
}

/// A service with a hidden limit of lanes, in virtual time: every call takes 50 ms.
struct Storm {
  int hidden;
  int refused = 0;
  int sent = 0;
};

void run(Storm& storm, RateGovernor& governor) {
  std::vector<std::pair<Tick, Permit>> flying;
  for (Tick now = noon; now < noon + 120s; now += 1ms) {
    std::erase_if(flying, [&](const auto& one) {
      if (one.first > now) return false;
      governor.report(one.second, {Ending::ok}, now);
      return true;
    });
    for (auto answer = governor.admit(now); std::holds_alternative<Permit>(answer);
         answer = governor.admit(now)) {
      ++storm.sent;
      if (static_cast<int>(flying.size()) < storm.hidden) {
        flying.emplace_back(now + 50ms, std::get<Permit>(answer));
      } else {
        ++storm.refused;
        governor.report(std::get<Permit>(answer), {Ending::limited}, now + 1ms);
        break;
      }
    }
  }
}

TEST(RateGovernor, FindsAHiddenLimitAndStaysNearIt) {
  for (const int hidden : {5, 20, 50}) {
    RateGovernor governor({.initial = 2, .ceiling = 64});
    Storm storm{hidden};
    run(storm, governor);

    const int possible = hidden * 120 * 20;
    EXPECT_GT(storm.sent, possible * 7 / 10) << hidden;
    EXPECT_LT(storm.refused, storm.sent / 10) << hidden;
  }
}

}  // namespace
}  // namespace flit::engine
