#include "base/clock.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/held_lock.hpp"

namespace flit {

using std::chrono::duration_cast;

bool Clock::sleep_for(Duration duration, std::stop_token stop) {
  return sleep_until(after(duration), std::move(stop));
}

Tick Clock::after(Duration duration) const {
  const Tick from = tick();
  if (duration <= Duration::zero()) return from;
  return duration > never - from ? never : from + duration;
}

bool ThreadClock::sleep_until(Tick deadline, std::stop_token stop) {
  require_no_lock_held("sleeping");
  const auto bell = std::make_shared<Bell>();
  std::unique_lock lock(bell->mutex);
  while (!stop.stop_requested()) {
    if (tick() >= deadline) return true;
    wait(bell, lock, deadline, stop);
  }
  return false;
}

Instant RealClock::now() const {
  return std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
}

Tick RealClock::tick() const {
  return std::chrono::steady_clock::now();
}

void RealClock::wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock,
                     Tick deadline, std::stop_token stop) {
  const auto has_rung = [&bell, seen = bell->rings] { return bell->rings != seen; };
  if (deadline == never)
    bell->rung.wait(lock, std::move(stop), has_rung);
  else
    bell->rung.wait_until(lock, std::move(stop), deadline, has_rung);
}

ScaledClock::ScaledClock(ThreadClock& base, double factor)
    : ScaledClock(base, factor, base.now()) {}

ScaledClock::ScaledClock(ThreadClock& base, double factor, Instant anchor)
    : base_(base), factor_(factor), anchor_(anchor), start_(base.tick()) {
  FLIT_CHECK(factor > 0, "time runs forward");
}

Instant ScaledClock::now() const {
  return anchor_ + duration_cast<Instant::duration>((base_.now() - anchor_) * factor_);
}

Tick ScaledClock::tick() const {
  return start_ + duration_cast<Duration>((base_.tick() - start_) * factor_);
}

Tick ScaledClock::base_tick_of(Tick tick) const {
  const double wait_ns = static_cast<double>((tick - start_).count()) / factor_;
  const double longest_ns = static_cast<double>((never - start_).count());
  if (tick == never || wait_ns >= longest_ns) return never;
  return start_ + Duration(static_cast<Duration::rep>(std::ceil(wait_ns)));
}

void ScaledClock::wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock,
                       Tick deadline, std::stop_token stop) {
  base_.wait(bell, lock, base_tick_of(deadline), std::move(stop));
}

ManualClock::ManualClock(Instant start) : start_(start) {}

void ManualClock::advance(Duration by) {
  FLIT_CHECK(by >= Duration::zero(), "time runs forward");
  std::vector<std::shared_ptr<Bell>> bells;
  {
    const std::lock_guard lock(mutex_);
    elapsed_ += by;
    bells = sleepers_;
  }
  for (const auto& bell : bells) {
    const std::lock_guard lock(bell->mutex);
    bell->ring();
  }
}

void ManualClock::set_now(Instant now) {
  const std::lock_guard lock(mutex_);
  start_ = now - duration_cast<Instant::duration>(elapsed_);
}

void ManualClock::await_sleepers(std::size_t count) {
  std::unique_lock lock(mutex_);
  sleepers_changed_.wait(lock, [&] { return sleepers_.size() >= count; });
}

Instant ManualClock::now() const {
  const std::lock_guard lock(mutex_);
  return start_ + duration_cast<Instant::duration>(elapsed_);
}

Tick ManualClock::tick() const {
  const std::lock_guard lock(mutex_);
  return Tick(elapsed_);
}

void ManualClock::wait(const std::shared_ptr<Bell>& bell, std::unique_lock<std::mutex>& lock,
                       Tick deadline, std::stop_token stop) {
  const auto has_rung = [&bell, seen = bell->rings] { return bell->rings != seen; };
  if (deadline == never) {
    bell->rung.wait(lock, std::move(stop), has_rung);
    return;
  }
  {
    const std::lock_guard own(mutex_);
    if (Tick(elapsed_) >= deadline) return;  // advanced between the caller's look and now
    sleepers_.push_back(bell);
    sleepers_changed_.notify_all();
  }
  bell->rung.wait(lock, std::move(stop), has_rung);
  const std::lock_guard own(mutex_);
  sleepers_.erase(std::find(sleepers_.begin(), sleepers_.end(), bell));
}

}  // namespace flit
