#pragma once
/// @file The limits that Interactive never documents (facts/sources.md §1.2), per token.
///
/// 10 requests a second with a burst of 20, 6 in flight, 150,000 a UTC day; and the pattern of
/// Retry-After headers, by the ordinal of the 429 since the start. Thread-safe.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/sync.hpp"
#include "sim/base/rate_window.hpp"
#include "sim/base/response.hpp"
#include "sim/base/retry_after.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/interactive/api/api_error.hpp"

namespace flit::sim::interactive {

class Limiter {
 public:
  /// `latency` is what the frame adds to every answer: a request is in flight for that long.
  Limiter(SimClock& clock, Stats& stats, bool enforced, Duration latency);

  /// A request arrives; the error when it is one too many. Otherwise leave() must follow.
  std::optional<ApiError> enter(const std::string& token);
  void leave(const std::string& token);

  /// Adds the hint that the n-th 429 carries. `needed` is how long the client should wait.
  void add_hint(Response& response, const std::string& token, const ApiError& error,
                std::optional<Duration> needed = std::nullopt);

  void reset();

 private:
  struct PerToken {
    TokenBucket bucket{10, 20};
    ConcurrencyGauge gauge{};
    DailyQuota quota{150'000};
    Duration needed{};
  };
  struct State {
    std::map<std::string, PerToken, std::less<>> tokens;
    RetryAfterBook hints;
    std::uint64_t refused = 0;  // every 429 since the start
  };

  SimClock& clock_;
  Stats& stats_;
  bool enforced_;
  Duration latency_;
  Sync<State> state_;
};

}  // namespace flit::sim::interactive
