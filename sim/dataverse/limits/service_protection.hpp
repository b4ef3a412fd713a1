#pragma once
/// @file The three service protection limits, per user and web server (fact sheet §8).
///
/// 6,000 requests and 1,200 s of execution in any 300 s, 52 at once. Requests and time may be
/// overrun inside a window before the limit bites; concurrency is judged at once. Retry-After grows
/// while a client keeps sending. Thread-safe.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/sync.hpp"
#include "base/uuid.hpp"
#include "sim/base/rate_window.hpp"
#include "sim/base/retry_after.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/errors/refusal.hpp"

namespace flit::sim::dataverse {

struct ProtectionLimits {
  std::int64_t requests = 6000;
  std::chrono::seconds execution{1200};
  std::size_t concurrent = 52;
  std::chrono::seconds window{300};
};

class ServiceProtection {
 public:
  ServiceProtection(ProtectionLimits limits, Stats& stats) : limits_(limits), stats_(stats) {}

  /// The request may be served (then call leave() once), or the 429 to answer.
  std::optional<Refusal> enter(const Uuid& user, unsigned server, Tick now);

  /// The request was handled and took `execution`; its answer leaves then.
  void leave(const Uuid& user, unsigned server, Tick now, Duration execution);

  /// For x-ms-ratelimit-*: what is left for this user on this server.
  struct Remaining {
    std::int64_t requests = 0;
    double seconds = 0;
  };
  Remaining remaining(const Uuid& user, unsigned server, Tick now);

  void clear();
  const ProtectionLimits& limits() const { return limits_; }

 private:
  struct Account {
    explicit Account(Duration window) : requests(window), execution_us(window) {}
    SlidingWindow requests;
    SlidingWindow execution_us;
    ConcurrencyGauge gauge;
  };
  struct State {
    std::map<std::pair<Uuid, unsigned>, Account> accounts;
    RetryAfterBook hints{RetryAfterRules{.grace = std::chrono::seconds(1)}};
  };
  Account& account_of(State& state, const Uuid& user, unsigned server) const;
  Refusal refuse(State& state, const std::string& key, Tick now, std::string_view kind,
                 Duration needed) const;

  ProtectionLimits limits_;
  Stats& stats_;
  Sync<State> state_;
};

}  // namespace flit::sim::dataverse
