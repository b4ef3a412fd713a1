#pragma once
/// @file The shapes that platforms give their limits, as pure policies: time is an argument.
///
/// Sliding windows (Dataverse: 6,000 requests and 1,200 s of execution per 300 s,
/// facts/dataverse.md §8), token buckets and concurrency (Interactive: 10/s, burst 20, 6 in flight,
/// facts/sources.md §1.2), quotas per UTC day. None knows what a user or a server is: keep one per
/// key, under the caller's lock. `now` must not go back from call to call. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>

#include "base/clock.hpp"

namespace flit::sim {

/// How much happened during the last `width`. Amounts are whatever is counted: requests,
/// microseconds. Holds at most 1,001 slots however busy: what lies within a thousandth of the width
/// is kept together and leaves together, when its newest part does (the stricter reading).
class SlidingWindow {
 public:
  /// REQUIRES: width > 0.
  explicit SlidingWindow(Duration width);

  void add(Tick now, std::int64_t amount);
  std::int64_t total(Tick now);

  /// How long from `now` until the total is at most `ceiling`, if nothing is added; zero if it is
  /// so now.
  Duration until_at_most(Tick now, std::int64_t ceiling);

 private:
  struct Slot {
    Tick first;
    Tick last;
    std::int64_t amount;
  };
  void forget(Tick now);

  Duration width_;
  Duration grain_;
  std::deque<Slot> slots_;
  std::int64_t total_ = 0;
};

/// Refills steadily up to a capacity.
class TokenBucket {
 public:
  /// Full at first. REQUIRES: per_second > 0, capacity ≥ 1.
  TokenBucket(double per_second, double capacity);

  /// Takes one token; or takes nothing and says how long until there is one.
  std::optional<Duration> take(Tick now);

  double level(Tick now);

 private:
  double per_second_;
  double capacity_;
  double level_;
  std::optional<Tick> refilled_;
};

/// How many requests are in flight: those being handled, and those whose answer is still delayed.
class ConcurrencyGauge {
 public:
  /// A request arrives. False, and nothing is counted, when `ceiling` are in flight already.
  bool enter(Tick now, std::size_t ceiling);

  /// A request that entered has been handled; its answer leaves at `until`.
  void leave_at(Tick until);

  std::size_t in_flight(Tick now);

 private:
  std::size_t handling_ = 0;
  std::multiset<Tick> leaving_;
};

/// An allowance that starts anew at midnight UTC.
class DailyQuota {
 public:
  explicit DailyQuota(std::int64_t per_day) : per_day_(per_day) {}

  /// Takes `amount` if that much is left.
  bool take(Instant now, std::int64_t amount = 1);
  /// Takes `amount` even beyond the allowance (soft limits).
  void spend(Instant now, std::int64_t amount);

  std::int64_t left(Instant now);  ///< negative when overdrawn
  std::int64_t per_day() const { return per_day_; }
  static std::chrono::seconds until_midnight(Instant now);  ///< rounded up, at least 1 s

 private:
  std::int64_t per_day_;
  std::int64_t spent_ = 0;
  std::chrono::sys_days day_{};
};

}  // namespace flit::sim
