#pragma once
/// @file How many requests one credential may have in flight, and when the next may leave.
///
/// Three kinds of limit hold at once. Rates that are known are kept from the start, spread evenly.
/// Limits of which only a part is published – Dataverse's, per web server: 6,000 requests and 1,200
/// seconds of work in 300 s ("Service protection API limits") – are learnt by meeting them once
/// (engine/allowance.hpp). Concurrency is learnt as TCP does: one lane more per clean round at the
/// limit, a cut by a factor on back-pressure. Pure policy, no thread, clock or sleep: time is an
/// argument, so a ten-minute storm is a short test. Pacer (engine/pacer.hpp) joins it to lanes. Not
/// thread-safe.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "engine/allowance.hpp"

namespace flit::engine {

/// A rate that holds for us as it stands.
struct Quota {
  int requests = 0;
  std::chrono::milliseconds window{};
};

/// A limit that holds for each of an unknown number of servers.
struct ServerLimit {
  enum class Of { requests, work };
  Of of = Of::requests;
  double amount = 0;  ///< of one server: requests, or seconds of work
  std::chrono::milliseconds window{};
  std::string code{};  ///< what the platform refuses with when it is met
};

struct GovernorSettings {
  int initial = 4;
  int ceiling = 64;  ///< never exceeded, whatever is learnt
  double cut = 0.7;  ///< in (0, 1): the share of the limit that is kept after back-pressure
  std::vector<Quota> quotas{};
  std::vector<ServerLimit> server_limits{};
};

struct Permit {
  Tick sent_at;              ///< one request may leave now; report() it exactly once
  std::size_t rows = 0;      ///< that it carries
  double seconds_taken = 0;  ///< of work that it was thought to take
};

struct AskAgain {
  std::optional<Tick> not_before;  ///< none: when the next report() frees a place
};

enum class Ending { ok, limited, failed };

class RateGovernor {
 public:
  explicit RateGovernor(GovernorSettings settings);

  /// `rows`: that the request writes; 0: it reads.
  std::variant<Permit, AskAgain> admit(Tick now, std::size_t rows = 0);

  /// What a request came to. `not_before` is the service's own Retry-After; it outranks whatever
  /// has been learnt. `code`: the platform's, with Ending::limited.
  struct Report {
    Ending ending = Ending::ok;
    std::optional<Tick> not_before{};
    std::string_view code{};
  };
  void report(const Permit& permit, const Report& report, Tick now);

  /// What the known limits allow, on average; 0: as many as concurrency allows.
  double requests_per_second() const;
  std::uint64_t sent() const { return sent_; }

  int in_flight() const { return in_flight_; }
  int limit() const { return limit_; }

 private:
  struct Learnt {
    ServerLimit limit;
    Allowance allowance;
  };

  /// A request in flight.
  struct Flying {
    Tick since;
    double seconds;  // of work that it was thought to take
  };

  Tick due(Tick now, double seconds);
  double usual(std::size_t rows) const;
  void learn(const Permit& permit, double took);
  double amount_of(const Learnt& one, double seconds) const;
  double in_use(const Learnt& one, Tick now) const;
  double in_use_of(const Learnt& one, const Permit& permit) const;
  Learnt* met(std::string_view code);
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
  std::vector<Learnt> learnt_;
  std::vector<Flying> flying_;
  double seconds_of_a_row_ = 0;   // of work, lately
  double seconds_of_a_read_ = 0;  // likewise
};

}  // namespace flit::engine
