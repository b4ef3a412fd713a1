#pragma once
/// @file Lets lanes send when the governor says so, and repeats what may be repeated: the one place
/// in the house that retries.
///
/// A call is tried again for limits (after exactly the platform's hint), for transient faults
/// (after a growing pause with jitter) and, when its writes carry identities, for ambiguous ones.
/// Attempts share a budget per call; a pause is a wait on the clock that a stop ends. Thread-safe:
/// one Pacer per credential, used by all its lanes.

#include <chrono>
#include <functional>
#include <stop_token>

#include "base/event.hpp"
#include "base/executor.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/watched.hpp"
#include "engine/rate_governor.hpp"

namespace flit::engine {

struct RetrySettings {
  int attempts = 8;                      ///< in all; limits do not count, they end by themselves
  std::chrono::milliseconds base{1000};  ///< the first pause; doubles with each further one
  std::chrono::milliseconds longest{60'000};
};

/// Whether a call whose outcome is unknown may simply be made again.
enum class Repeat { reads, identified_writes, never };

/// A limit was met and nothing is sent for a while.
struct LimitMet {
  Duration wait;
};
Event to_event(const LimitMet& event);

class Pacer {
 public:
  struct Settings {
    GovernorSettings governor{};
    RetrySettings retry{};
    std::uint64_t seed = 0;       ///< of the jitter
    EventSink* events = nullptr;  ///< hears of limits that were met; outlives the pacer
  };

  Pacer(Executor& executor, const std::string& name, Settings settings);

  /// Makes the call when it may leave, until it succeeds, cannot, or the budget is spent. The last
  /// error is returned, with how often it was tried. `rows`: that it writes.
  template <typename T>
  Result<T> call(Repeat repeat, std::stop_token stop, const std::function<Result<T>()>& attempt,
                 std::size_t rows = 0) {
    for (int tries = 1;; ++tries) {
      auto permit = admit(rows, stop);
      if (!permit) return Error(permit.error());
      Result<T> answer = attempt();
      report(*permit, answer ? nullptr : &answer.error());
      if (answer) return answer;
      if (auto ended = pause_after(answer.error(), repeat, tries, stop); !ended)
        return Error(ended.error());
    }
  }

  /// What the published quotas allow, and how many requests have left; for those who show it.
  double requests_per_second() const;
  std::uint64_t sent() const;

  int limit() const;
  int in_flight() const;

 private:
  struct State {
    RateGovernor governor;
    Random random;
    int limited = 0;  ///< limits met in a row without a hint
  };

  Result<Permit> admit(std::size_t rows, std::stop_token stop);
  void report(const Permit& permit, const Error* error);
  /// Waits before the next try; an error when there is none.
  Result<void> pause_after(const Error& error, Repeat repeat, int& tries, std::stop_token stop);
  Duration pause(int tries);

  Executor& executor_;
  EventSink* events_;
  RetrySettings retry_;
  mutable Watched<State> state_;
};

}  // namespace flit::engine
