#pragma once
/// @file Lets lanes send when the governor says so, and repeats what may be repeated: the one place
/// in the house that retries.
///
/// A call is tried again for limits (after exactly the platform's hint), for transient faults
/// (after a growing pause with jitter) and, when its writes carry identities, for ambiguous ones.
/// Attempts share a budget per call; a pause is a wait on the clock that a stop ends. A platform
/// that counts its limits by user may be written to as several: each has a governor of its own, and
/// a call that any of them may make leaves as the first that is allowed to. Thread-safe: one Pacer
/// per end, used by all its lanes.

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

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
    GovernorSettings governor{};  ///< of each user
    std::size_t users = 1;
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
    return call_as<T>(0, repeat, std::move(stop), attempt, rows);
  }

  /// The same as user `user`, counted from 0: call() is the first's.
  template <typename T>
  Result<T> call_as(std::size_t user, Repeat repeat, std::stop_token stop,
                    const std::function<Result<T>()>& attempt, std::size_t rows = 0) {
    const auto as_user = [&attempt](std::size_t) { return attempt(); };
    return call_among<T>({user, user + 1}, repeat, std::move(stop), as_user, rows);
  }

  /// The same as whichever user may send first, which `attempt` is told.
  template <typename T>
  Result<T> call_as_any(Repeat repeat, std::stop_token stop,
                        const std::function<Result<T>(std::size_t user)>& attempt,
                        std::size_t rows = 0) {
    return call_among<T>({0, users_}, repeat, std::move(stop), attempt, rows);
  }

  std::size_t users() const { return users_; }

  /// What the published quotas allow, and how many requests have left; for those who show it. Of
  /// all users together, as what follows.
  double requests_per_second() const;
  std::uint64_t sent() const;

  int limit() const;
  int in_flight() const;

 private:
  struct State {
    std::vector<RateGovernor> governors;  ///< of each user
    Random random;
    int limited = 0;  ///< limits met in a row without a hint
  };
  /// Users `first` to `end`, without `end`.
  struct Users {
    std::size_t first;
    std::size_t end;
  };
  struct Pass {
    std::size_t user;
    Permit permit;
  };
  /// Who may send now, or when it is worth asking again.
  struct Asked {
    std::optional<Pass> pass{};
    std::optional<Tick> not_before{};
    std::vector<std::size_t> full{};  ///< users who may when a request of theirs has ended
  };

  template <typename T>
  Result<T> call_among(Users users, Repeat repeat, std::stop_token stop,
                       const std::function<Result<T>(std::size_t user)>& attempt,
                       std::size_t rows) {
    for (int tries = 1;; ++tries) {
      auto pass = admit(users, rows, stop);
      if (!pass) return Error(pass.error());
      Result<T> answer = attempt(pass->user);
      report(*pass, answer ? nullptr : &answer.error());
      if (answer) return answer;
      if (auto ended = pause_after(answer.error(), repeat, tries, stop); !ended)
        return Error(ended.error());
    }
  }

  Result<Pass> admit(Users users, std::size_t rows, const std::stop_token& stop);
  static Asked ask(State& state, Users users, std::size_t rows, Tick now);
  void report(const Pass& pass, const Error* error);
  /// Waits before the next try; an error when there is none.
  Result<void> pause_after(const Error& error, Repeat repeat, int& tries, std::stop_token stop);
  Duration pause(int tries);

  Executor& executor_;
  std::size_t users_;
  EventSink* events_;
  RetrySettings retry_;
  mutable Watched<State> state_;
};

}  // namespace flit::engine
