#pragma once
/// @file The time it is on the platform: starts where we say, runs as fast as we say, can be moved.
///
/// All rules of a simulator (stamps, windows, tokens, key indexes, retention) ask this clock and no
/// other; figures on the wire are its seconds. Underneath runs a real, scaled (`--time-scale`),
/// manual or simulated Clock. Moving it forward moves now() and tick() alike, so that windows slide
/// and cursors expire; answers that the server is delaying do not come sooner. It cannot go back
/// once it runs. Thread-safe.

#include <atomic>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace flit::sim {

class SimClock {
 public:
  /// `beneath` must outlive this.
  explicit SimClock(const Clock& beneath);

  Instant now() const;
  Tick tick() const;

  /// Platform time since construction or the last restart().
  Duration elapsed() const;

  /// now() becomes `start` and elapsed() zero; for `--clock` and for a data set's own clock, before
  /// anything has been stamped. Ticks go on as they are.
  void restart(Instant start);
  /// Only elapsed() becomes zero.
  void restart_elapsed();

  /// REQUIRES: by ≥ 0.
  void advance(Duration by);

  /// Advances to `instant`. Fault::permanent when that is past.
  Result<void> advance_to(Instant instant);

 private:
  const Clock& beneath_;
  std::atomic<Instant::rep> now_offset_us_{0};  // now() minus beneath_.now()
  std::atomic<Duration::rep> advanced_{0};      // tick() minus beneath_.tick()
  std::atomic<Duration::rep> started_;          // tick() at the start, since its epoch
};

}  // namespace flit::sim
