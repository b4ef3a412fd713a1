// The windows against what they mean, said in the slowest and plainest way.

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/rate_window.hpp"
#include "sim/base/retry_after.hpp"

namespace flit::sim {
namespace {

using namespace std::chrono_literals;

struct Event {
  Tick at;
  std::int64_t amount;
};

/// Some events in order of time, over about six windows of 300 s.
std::vector<Event> any_events() {
  const auto steps =
      *rc::gen::resize(100, rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::pair(
                                rc::gen::inRange(0, 20'000), rc::gen::inRange(0, 50))));
  std::vector<Event> events;
  Tick at{1000h};
  for (const auto& [wait_ms, amount] : steps) {
    at += std::chrono::milliseconds(wait_ms);
    events.push_back({at, amount});
  }
  return events;
}

std::int64_t plain_total(const std::vector<Event>& events, Tick now, Duration width) {
  std::int64_t total = 0;
  for (const Event& event : events)
    if (event.at <= now && now - event.at < width) total += event.amount;
  return total;
}

RC_GTEST_PROP(SlidingWindowProperties, IsThePlainSumUpToOneGrainAndNeverLess, ()) {
  constexpr Duration width = 300s;
  constexpr Duration grain = width / 1000;
  SlidingWindow window(width);
  std::vector<Event> seen;

  for (const Event& event : any_events()) {
    window.add(event.at, event.amount);
    seen.push_back(event);
    const auto total = window.total(event.at);
    RC_ASSERT(total >= plain_total(seen, event.at, width));
    RC_ASSERT(total <= plain_total(seen, event.at, width + grain));
  }
}

RC_GTEST_PROP(SlidingWindowProperties, AfterTheWaitThatItNamesTheTotalIsLowEnoughAndNotBefore, ()) {
  SlidingWindow window(300s);
  const auto events = any_events();
  RC_PRE(!events.empty());
  for (const Event& event : events) window.add(event.at, event.amount);
  const Tick now = events.back().at;
  const auto ceiling = *rc::gen::inRange<std::int64_t>(0, 500);

  const Duration wait = window.until_at_most(now, ceiling);

  if (wait > Duration::zero()) {
    SlidingWindow just_before = window;
    RC_ASSERT(just_before.total(now + wait - 1ns) > ceiling);
  }
  RC_ASSERT(window.total(now + wait) <= ceiling);
}

RC_GTEST_PROP(TokenBucketProperties, NeverGivesMoreThanBurstPlusRate, ()) {
  TokenBucket bucket(10, 20);
  const auto events = any_events();
  RC_PRE(!events.empty());
  const Tick first = events.front().at;

  std::int64_t taken = 0;
  for (const Event& event : events) {
    for (int i = 0; i < event.amount; ++i) taken += bucket.take(event.at) ? 0 : 1;
    const std::chrono::duration<double> since = event.at - first;
    RC_ASSERT(static_cast<double>(taken) <= 20 + 10 * since.count() + 1e-6);
  }
}

RC_GTEST_PROP(TokenBucketProperties, WhoWaitsAsToldGetsAToken, ()) {
  TokenBucket bucket(*rc::gen::elementOf(std::vector<double>{0.3, 7, 10, 1000}), 5);
  Tick now{1000h};

  for (int i = 0; i < 50; ++i)
    if (const auto wait = bucket.take(now)) {
      RC_ASSERT(*wait > Duration::zero());
      now += *wait;
      RC_ASSERT(!bucket.take(now));
    }
}

RC_GTEST_PROP(ConcurrencyGaugeProperties, NeverExceedsItsCeilingAndForgetsNobody, ()) {
  constexpr std::size_t ceiling = 6;
  ConcurrencyGauge gauge;
  std::vector<Tick> ends;

  for (const Event& event : any_events()) {
    if (gauge.enter(event.at, ceiling)) {
      const Tick end = event.at + event.amount * 1s;
      gauge.leave_at(end);
      ends.push_back(end);
    }
    const auto in_flight = static_cast<std::size_t>(
        std::count_if(ends.begin(), ends.end(), [&](Tick end) { return end > event.at; }));
    RC_ASSERT(gauge.in_flight(event.at) == in_flight);
    RC_ASSERT(in_flight <= ceiling);
  }
}

RC_GTEST_PROP(RetryAfterProperties, AClientThatObeysIsNeverCountedAndNeverSeesGrowth, ()) {
  RetryAfterBook book;
  Tick now{1000h};

  for (int i = 0; i < 30; ++i) {
    RC_ASSERT(!book.arrive("user", now));
    const auto needed = std::chrono::seconds(*rc::gen::inRange(1, 300));
    const auto hint = book.refuse("user", now, needed);
    RC_ASSERT(hint == needed);
    now += hint + std::chrono::milliseconds(*rc::gen::inRange(0, 1000));
  }
  RC_ASSERT(book.sent_inside() == 0);
}

}  // namespace
}  // namespace flit::sim
