#include "sim/base/rate_window.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::sim {

SlidingWindow::SlidingWindow(Duration width)
    : width_(width), grain_(std::max(Duration(1), width / 1000)) {
  FLIT_CHECK(width > Duration::zero(), "a window without width holds nothing");
}

void SlidingWindow::forget(Tick now) {
  while (!slots_.empty() && now - slots_.front().last >= width_) {
    total_ -= slots_.front().amount;
    slots_.pop_front();
  }
}

void SlidingWindow::add(Tick now, std::int64_t amount) {
  forget(now);
  total_ += amount;
  if (!slots_.empty() && now - slots_.back().first < grain_) {
    slots_.back().last = now;
    slots_.back().amount += amount;
  } else {
    slots_.push_back({now, now, amount});
  }
}

std::int64_t SlidingWindow::total(Tick now) {
  forget(now);
  return total_;
}

Duration SlidingWindow::until_at_most(Tick now, std::int64_t ceiling) {
  std::int64_t rest = total(now);
  for (const Slot& slot : slots_) {
    if (rest <= ceiling) return Duration::zero();
    rest -= slot.amount;
    if (rest <= ceiling) return slot.last + width_ - now;
  }
  return Duration::zero();
}

TokenBucket::TokenBucket(double per_second, double capacity)
    : per_second_(per_second), capacity_(capacity), level_(capacity) {
  FLIT_CHECK(per_second > 0 && capacity >= 1, "the bucket would never give a token");
}

double TokenBucket::level(Tick now) {
  if (refilled_) {
    const std::chrono::duration<double> since = now - *refilled_;
    level_ = std::min(capacity_, level_ + since.count() * per_second_);
  }
  refilled_ = now;
  return level_;
}

std::optional<Duration> TokenBucket::take(Tick now) {
  constexpr double rounding = 1e-9;  // a wait that was served exactly must be enough
  if (level(now) + rounding >= 1) {
    level_ = std::max(0.0, level_ - 1);
    return std::nullopt;
  }
  const std::chrono::duration<double> missing((1 - level_) / per_second_);
  return std::chrono::ceil<Duration>(missing);
}

bool ConcurrencyGauge::enter(Tick now, std::size_t ceiling) {
  if (in_flight(now) >= ceiling) return false;
  ++handling_;
  return true;
}

void ConcurrencyGauge::leave_at(Tick until) {
  FLIT_CHECK(handling_ > 0, "only who has entered can leave");
  --handling_;
  leaving_.insert(until);
}

std::size_t ConcurrencyGauge::in_flight(Tick now) {
  leaving_.erase(leaving_.begin(), leaving_.upper_bound(now));
  return handling_ + leaving_.size();
}

void DailyQuota::spend(Instant now, std::int64_t amount) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  if (today != day_) {
    day_ = today;
    spent_ = 0;
  }
  spent_ += amount;
}

bool DailyQuota::take(Instant now, std::int64_t amount) {
  if (left(now) < amount) return false;
  spend(now, amount);
  return true;
}

std::int64_t DailyQuota::left(Instant now) {
  spend(now, 0);
  return per_day_ - spent_;
}

std::chrono::seconds DailyQuota::until_midnight(Instant now) {
  const auto midnight = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  return std::chrono::ceil<std::chrono::seconds>(midnight - now);
}

}  // namespace flit::sim
