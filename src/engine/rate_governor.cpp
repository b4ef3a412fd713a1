#include "engine/rate_governor.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::engine {

RateGovernor::RateGovernor(GovernorSettings settings)
    : settings_(std::move(settings)),
      limit_(std::clamp(settings_.initial, 1, settings_.ceiling)),
      due_(settings_.quotas.size(), Tick::min()) {}

std::variant<Permit, AskAgain> RateGovernor::admit(Tick now) {
  if (now < closed_until_) return AskAgain{closed_until_};
  if (in_flight_ >= limit_) {
    reached_limit_ = true;
    return AskAgain{};
  }
  Tick due = Tick::min();
  for (const Tick one : due_) due = std::max(due, one);
  if (now < due) return AskAgain{due};
  for (std::size_t i = 0; i < due_.size(); ++i) {
    const Quota& quota = settings_.quotas[i];
    due_[i] = std::max(due_[i], now) + Duration(quota.window) / quota.requests;
  }
  ++in_flight_;
  ++sent_;
  return Permit{now};
}

double RateGovernor::requests_per_second() const {
  double least = 0;
  for (const Quota& quota : settings_.quotas) {
    const double rate = quota.requests / std::chrono::duration<double>(quota.window).count();
    least = least > 0 ? std::min(least, rate) : rate;
  }
  return least;
}

void RateGovernor::report(const Permit& permit, Ending ending, Tick now,
                          std::optional<Tick> not_before) {
  FLIT_CHECK(in_flight_ > 0, "a permit is reported once");
  --in_flight_;
  if (not_before) closed_until_ = std::max(closed_until_, *not_before);
  switch (ending) {
    case Ending::limited:
      back_off(permit, now);
      return;
    case Ending::ok:
      grow();
      return;
    case Ending::failed:
      return;
  }
}

void RateGovernor::back_off(const Permit& permit, Tick now) {
  if (permit.sent_at < last_cut_) return;
  last_cut_ = now;
  limit_ = std::max(1, static_cast<int>(static_cast<double>(limit_) * settings_.cut));
  clean_ = 0;
  reached_limit_ = false;
}

void RateGovernor::grow() {
  if (++clean_ < limit_ || !reached_limit_ || limit_ >= settings_.ceiling) return;
  ++limit_;
  clean_ = 0;
  reached_limit_ = false;
}

}  // namespace flit::engine
