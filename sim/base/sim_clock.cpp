#include "sim/base/sim_clock.hpp"

#include "base/check.hpp"
#include "base/time.hpp"

namespace flit::sim {

SimClock::SimClock(const Clock& beneath)
    : beneath_(beneath), started_(beneath.tick().time_since_epoch().count()) {}

Instant SimClock::now() const {
  return beneath_.now() + Instant::duration(now_offset_us_.load());
}

Tick SimClock::tick() const {
  return beneath_.tick() + Duration(advanced_.load());
}

Duration SimClock::elapsed() const {
  return tick().time_since_epoch() - Duration(started_.load());
}

void SimClock::restart(Instant start) {
  now_offset_us_ = (start - beneath_.now()).count();
  restart_elapsed();
}

void SimClock::restart_elapsed() {
  started_ = tick().time_since_epoch().count();
}

void SimClock::advance(Duration by) {
  FLIT_CHECK(by >= Duration::zero(), "platform time does not go back");
  advanced_ += by.count();
  now_offset_us_ += std::chrono::duration_cast<Instant::duration>(by).count();
}

Result<void> SimClock::advance_to(Instant instant) {
  const Instant current = now();
  if (instant < current)
    return Error{.fault = Fault::permanent,
                 .message = "the clock cannot go back: it is " +
                            format_instant(current, {.fraction_digits = 3}) + " already",
                 .remedy = "Start the simulator anew with --clock."};
  advance(instant - current);
  return {};
}

}  // namespace flit::sim
