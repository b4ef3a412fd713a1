#pragma once
/// @file How many requests one credential may have in flight, and when the next may leave.
///
/// Two limits hold at once. Quotas are published (Dataverse, "Service protection API limits": 6,000
/// requests per user and server in 300 s) and spread evenly, so that a window is never spent in a
/// burst. Concurrency is learnt as TCP does: one lane more per clean round at the limit, a cut by a
/// factor on back-pressure. Pure policy, no thread, clock or sleep: time is an argument, so a
/// ten-minute storm is a short test. Pacer (engine/pacer.hpp) joins it to lanes. Not thread-safe.

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/clock.hpp"

namespace flit::engine {

struct Quota {
  int requests = 0;
  std::chrono::milliseconds window{};
};

struct GovernorSettings {
  int initial = 4;
  int ceiling = 64;  ///< never exceeded, whatever is learnt
  double cut = 0.7;  ///< in (0, 1): the share of the limit that is kept after back-pressure
  std::vector<Quota> quotas{};
};

struct Permit {
  Tick sent_at;  ///< one request may leave now; report() it exactly once
};

struct AskAgain {
  std::optional<Tick> not_before;  ///< none: when the next report() frees a place
};

enum class Ending { ok, limited, failed };

class RateGovernor {
 public:
  explicit RateGovernor(GovernorSettings settings);

  std::variant<Permit, AskAgain> admit(Tick now);

  /// `not_before` is the service's own Retry-After; it outranks whatever has been learnt.
  void report(const Permit& permit, Ending ending, Tick now, std::optional<Tick> not_before = {});

  /// What the quotas allow, on average; 0: as many as concurrency allows.
  double requests_per_second() const;
  std::uint64_t sent() const { return sent_; }

  int in_flight() const { return in_flight_; }
  int limit() const { return limit_; }

 private:
  void back_off(const Permit& permit, Tick now);
  void grow();

  GovernorSettings settings_;
  int limit_;                        // learnt; in [1, ceiling]
  std::uint64_t sent_ = 0;           // requests that left
  int in_flight_ = 0;                // may exceed limit_ for a while after a cut
  int clean_ = 0;                    // answers without trouble since the limit last changed
  bool reached_limit_ = false;       // no growth without evidence that more lanes were wanted
  Tick last_cut_ = Tick::min();      // one storm, one cut: older permits are old news
  Tick closed_until_ = Tick::min();  // a Retry-After is in force
  std::vector<Tick> due_;            // per quota: when its next request may leave
};

}  // namespace flit::engine
