#include "engine/allowance.hpp"

#include <deque>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/rate_governor.hpp"

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

const Tick noon{};
constexpr auto window = 300s;

TEST(TrailingSum, ForgetsWhatIsOlderThanTheWindow) {
  TrailingSum sum(window);
  sum.add(noon + 10s, noon + 10s, 5);
  sum.add(noon + 25s, noon + 20s, 7);

  EXPECT_EQ(sum.total(noon + 300s), 12);
  EXPECT_EQ(sum.at_most(noon + 300s, 7), noon + 310s);
  EXPECT_EQ(sum.total(noon + 310s), 7);
  EXPECT_EQ(sum.total(noon + 2000s), 0);
}

TEST(Allowance, HoldsNothingBackBeforeItIsKnown) {
  Allowance allowance(window, 6000);
  for (int i = 0; i < 20'000; ++i) allowance.spend(noon, noon, 1, 1);

  EXPECT_EQ(allowance.due(noon + 1s, 1, 0), noon + 1s);
}

TEST(Allowance, IsWhatWasUsedOrTheNextServersPart) {
  const auto learnt = [](double used) {
    Allowance allowance(window, 1200);
    allowance.spend(noon, noon, used, 0);
    allowance.refused(noon + 1s, 0);
    return *allowance.known() / 0.99;
  };

  EXPECT_DOUBLE_EQ(learnt(1190), 1190);
  EXPECT_DOUBLE_EQ(learnt(1260), 1260) << "the way there and back is measured too";
  EXPECT_DOUBLE_EQ(learnt(300), 1200) << "a process before us used the rest";
  EXPECT_DOUBLE_EQ(learnt(4790), 4790);
  EXPECT_DOUBLE_EQ(learnt(4000), 4800);
}

/// Web servers that take turns, each with the published limits, as long as somebody sends.
class Platform {
 public:
  Platform(std::size_t servers, Duration work) : servers_(servers), work_(work) {}

  /// The Retry-After with which it is refused, and the code.
  struct Refusal {
    Tick until;
    std::string code;
  };
  std::optional<Refusal> ask(Tick now) {
    Server& server = servers_[turn_++ % servers_.size()];
    while (!server.sent.empty() && server.sent.front() <= now - window) server.sent.pop_front();
    const auto until = [&](std::size_t most) {
      const Tick free = server.sent[server.sent.size() - most] + window;
      return now + std::chrono::ceil<std::chrono::seconds>(free - now);
    };
    const auto most = static_cast<std::size_t>(1200s / work_);
    if (server.sent.size() >= most) return Refusal{until(most), "work"};
    if (server.sent.size() >= 6000) return Refusal{until(6000), "requests"};
    server.sent.push_back(now);
    return {};
  }

 private:
  struct Server {
    std::deque<Tick> sent;
  };
  std::vector<Server> servers_;
  Duration work_;
  std::size_t turn_ = 0;
};

struct Load {
  int servers;
  std::chrono::milliseconds work;  ///< of a request
};

/// Sends whatever the governor admits, to a platform that refuses what is too much.
class Demand {
 public:
  Demand(const Load& load, RateGovernor& governor)
      : work_(load.work),
        platform_(static_cast<std::size_t>(load.servers), load.work),
        governor_(governor) {}

  void take_answers(Tick now) {
    std::erase_if(flying_, [&](const Flying& one) {
      if (one.back > now) return false;
      if (one.refusal) closed_ = std::max(closed_, one.refusal->until);
      governor_.report(
          one.permit,
          one.refusal ? RateGovernor::Report{Ending::limited, one.refusal->until, one.refusal->code}
                      : RateGovernor::Report{},
          now);
      return true;
    });
  }

  void send(Tick now) {
    for (auto answer = governor_.admit(now); std::holds_alternative<Permit>(answer);
         answer = governor_.admit(now)) {
      if (now < closed_) ++inside;
      const auto refusal = platform_.ask(now);
      if (!refusal) ++done;
      if (refusal && now > noon + window) ++refused_late;
      flying_.push_back({now + (refusal ? 10ms : work_), std::get<Permit>(answer), refusal});
    }
  }

  int done = 0;
  int refused_late = 0;  ///< behind the first window
  int inside = 0;        ///< sent before a Retry-After had passed

 private:
  struct Flying {
    Tick back;
    Permit permit;
    std::optional<Platform::Refusal> refusal;
  };

  std::chrono::milliseconds work_;
  Platform platform_;
  RateGovernor& governor_;
  std::vector<Flying> flying_;
  Tick closed_ = noon;
};

class Limits : public testing::TestWithParam<Load> {};

/// Ten windows at full demand: nearly all that the servers grant, and hardly a refusal.
TEST_P(Limits, AreLearntOnceAndFilledFromThenOn) {
  const auto [servers, work] = GetParam();
  RateGovernor governor({.initial = 4,
                         .ceiling = 24,
                         .server_limits = {{ServerLimit::Of::requests, 6000, window, "requests"},
                                           {ServerLimit::Of::work, 1200, window, "work"}}});
  Demand demand(GetParam(), governor);
  for (Tick now = noon; now < noon + 10 * window; now += 10ms) {
    demand.take_answers(now);
    demand.send(now);
  }

  const double by_work = 10 * 1200.0 * servers / std::chrono::duration<double>(work).count();
  const double possible = std::min(by_work, 10 * 6000.0 * servers);
  EXPECT_GT(demand.done, 0.97 * possible);
  EXPECT_LE(demand.refused_late, demand.done / 1000);
  EXPECT_EQ(demand.inside, 0);
}

INSTANTIATE_TEST_SUITE_P(Servers, Limits,
                         testing::Values(Load{1, 5000ms}, Load{4, 5000ms}, Load{1, 1000ms},
                                         Load{4, 1000ms}, Load{1, 300ms}, Load{2, 50ms}),
                         [](const auto& load) {
                           return std::to_string(load.param.servers) + "servers" +
                                  std::to_string(load.param.work.count()) + "ms";
                         });

}  // namespace
}  // namespace flit::engine
