#include "engine/allowance.hpp"

#include <algorithm>
#include <cmath>

namespace flit::engine {
namespace {

constexpr std::size_t slots_of_a_window = 300;

/// What is kept of what the platform granted: windows are not the same to the second on both sides.
constexpr double kept_at_first = 0.99;
constexpr double kept_further = 0.99;

/// So much of a server's part may be missing or too much, and it is still the same number of them.
constexpr double doubt = 0.25;

/// A request counts from when it left; over there from when it arrived, which is a little later.
constexpr int on_the_way = 150;

/// A pause may be made up for, this part of a window at most.
constexpr int made_up = 10;

/// What is granted, as far as can be told from what was used when the platform refused.
double granted(double used, double of_a_server) {
  const double whole = of_a_server * std::max(1.0, std::ceil(used / of_a_server - doubt));
  return used > (1 - doubt / 2) * whole ? used : whole;
}

}  // namespace

TrailingSum::TrailingSum(Duration window)
    : slot_(std::max(Duration{1}, window / static_cast<int>(slots_of_a_window))),
      slots_(slots_of_a_window) {}

void TrailingSum::forget(Tick now) {
  const std::int64_t current = now.time_since_epoch() / slot_;
  const auto passed = std::clamp<std::int64_t>(current - newest_, 0, slots_of_a_window);
  for (std::int64_t i = 0; i < passed; ++i) {
    double& oldest = slots_[static_cast<std::size_t>(current - i) % slots_of_a_window];
    total_ -= oldest;
    oldest = 0;
  }
  newest_ = std::max(newest_, current);
}

void TrailingSum::add(Tick now, Tick at, double amount) {
  forget(now);
  const std::int64_t slot = std::min(newest_, at.time_since_epoch() / slot_);
  if (newest_ - slot >= static_cast<std::int64_t>(slots_of_a_window)) return;
  slots_[static_cast<std::size_t>(slot) % slots_of_a_window] += amount;
  total_ += amount;
}

double TrailingSum::total(Tick now) {
  forget(now);
  return std::max(0.0, total_);
}

Tick TrailingSum::at_most(Tick now, double ceiling) {
  double left = total(now);
  if (left <= ceiling) return now;
  for (std::size_t age = slots_of_a_window - 1; age > 0; --age) {
    const auto slot = newest_ - static_cast<std::int64_t>(age);
    if (slot < 0) continue;
    left -= slots_[static_cast<std::size_t>(slot) % slots_of_a_window];
    if (left <= ceiling) return Tick(slot_ * (slot + static_cast<std::int64_t>(slots_of_a_window)));
  }
  return Tick(slot_ * (newest_ + static_cast<std::int64_t>(slots_of_a_window)));
}

Allowance::Allowance(Duration window, double of_a_server)
    : window_(window), of_a_server_(of_a_server), spent_(window + window / on_the_way) {}

/// The time in which `amount` becomes free again, on average.
Duration Allowance::pace(double amount) const {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(window_) *
                                              (amount / *known_));
}

Tick Allowance::due(Tick now, double amount, double in_use) {
  if (!known_) return now;
  const Tick room = spent_.at_most(now, std::max(0.0, *known_ - amount - in_use));
  return std::max({now, next_, room});
}

void Allowance::take(Tick now, double amount) {
  if (known_) next_ = std::max(next_, now - window_ / made_up) + pace(amount);
}

void Allowance::spend(Tick now, Tick sent, double amount, double taken) {
  spent_.add(now, sent, amount);
  if (known_) next_ += pace(amount - taken);
}

void Allowance::refused(Tick now, double in_use) {
  const double used = spent_.total(now) + in_use;
  if (known_) {
    known_ = std::max(of_a_server_ * doubt, std::min(*known_ * kept_further, used * kept_at_first));
    return;
  }
  known_ = granted(used, of_a_server_) * kept_at_first;
  next_ = now;
}

void Allowance::was_not_used(double amount) {
  if (known_) known_ = std::max(of_a_server_ * doubt, *known_ - amount * kept_at_first);
}

}  // namespace flit::engine
