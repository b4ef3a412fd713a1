#pragma once
/// @file Time, passed in: what the wall says, how long things take, and how to wait.
///
/// Nothing below apps/ asks the system for the time or sleeps; it is handed a Clock. Instants (UTC)
/// are for storing and showing, Ticks (monotonic) for deadlines and durations. Every wait has a
/// deadline and a stop token; `never` is the deadline that does not come. All clocks are
/// thread-safe. In simulation the clock is SimExecutor's (base/sim_executor.hpp); here are those
/// that real threads can wait for.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "base/instant.hpp"

namespace flit {

using Tick = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

inline constexpr Tick never = Tick::max();

class Clock {
 public:
  virtual ~Clock() = default;

  /// UTC. May jump when somebody sets the machine's time.
  virtual Instant now() const = 0;

  /// Never goes back. Comparable only with ticks of the same clock.
  virtual Tick tick() const = 0;

  /// Blocks until the deadline: true; or until stop is requested: false. A stop that was requested
  /// before wins over a deadline that has passed, so `while (clock.sleep_until(next, stop))` ends.
  virtual bool sleep_until(Tick deadline, std::stop_token stop) = 0;

  /// sleep_until() a duration from now; a negative one is none, a huge one is `never`.
  bool sleep_for(Duration duration, std::stop_token stop);

  /// The tick that is `duration` from now, without overflow.
  Tick after(Duration duration) const;
};

/// What a thread waits at: whoever changes something that others wait for rings, under the mutex.
struct Bell {
  std::mutex mutex;
  std::condition_variable_any rung;
  std::uint64_t rings = 0;  // guarded by mutex

  /// REQUIRES: mutex is held.
  void ring() {
    ++rings;
    rung.notify_all();
  }
};

/// A clock whose time real threads can wait for.
class ThreadClock : public Clock {
 public:
  bool sleep_until(Tick deadline, std::stop_token stop) final;

  /// Releases `lock` and blocks until the bell rings, the deadline comes, stop is requested, or for
  /// no reason; then holds `lock` again. The caller looks at its condition in a loop, as
  /// base/monitor.hpp does for everyone. Bells are shared because a clock may ring one whose waiter
  /// is just leaving. REQUIRES: `lock` holds bell->mutex.
  virtual void wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock,
                    Tick deadline, std::stop_token stop) = 0;
};

/// The machine's own time.
class RealClock final : public ThreadClock {
 public:
  Instant now() const override;
  Tick tick() const override;
  void wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock, Tick deadline,
            std::stop_token stop) override;
};

/// Runs `factor` times faster than the clock it wraps: a wait of 300 s takes 300 s / factor. For
/// rehearsals against a simulator with the same factor. now() leaves from `anchor`, or from the
/// wrapped clock's now() when this was made: two processes agree on it only if given the same
/// anchor.
class ScaledClock final : public ThreadClock {
 public:
  /// REQUIRES: factor > 0; `base` outlives this.
  ScaledClock(ThreadClock& base, double factor);

  /// now() is anchor + factor × (base.now() − anchor).
  ScaledClock(ThreadClock& base, double factor, Instant anchor);

  Instant now() const override;
  Tick tick() const override;
  void wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock, Tick deadline,
            std::stop_token stop) override;

 private:
  Tick base_tick_of(Tick tick) const;

  ThreadClock& base_;
  double factor_;
  Instant anchor_;
  Tick start_;  // where both ticks agree
};

/// Stands still until a test moves it.
class ManualClock final : public ThreadClock {
 public:
  explicit ManualClock(Instant start = Instant{});

  /// Moves now() and tick() forward and wakes whoever waits for a tick that has come.
  /// REQUIRES: by ≥ 0; the caller holds no Bell's mutex.
  void advance(Duration by);

  /// Sets the wall clock alone, as an administrator might; ticks and waiters do not notice.
  void set_now(Instant now);

  /// Blocks until `count` threads wait for a tick of this clock; so a test advances only then.
  void await_sleepers(std::size_t count);

  Instant now() const override;
  Tick tick() const override;
  void wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock, Tick deadline,
            std::stop_token stop) override;

 private:
  // Lock order: a bell's mutex before this one. advance() therefore rings without holding it.
  mutable std::mutex mutex_;
  std::condition_variable sleepers_changed_;
  std::vector<std::shared_ptr<Bell>> sleepers_;
  Instant start_;
  Duration elapsed_{};
};

}  // namespace flit
