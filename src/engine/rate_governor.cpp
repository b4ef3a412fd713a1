#include "engine/rate_governor.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::engine {
namespace {

/// How much the latest answer says about the next.
constexpr double weight_of_the_latest = 0.1;

double seconds(Duration time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

RateGovernor::RateGovernor(GovernorSettings settings)
    : settings_(std::move(settings)),
      limit_(std::clamp(settings_.initial, 1, settings_.ceiling)),
      due_(settings_.quotas.size(), Tick::min()) {
  for (const ServerLimit& limit : settings_.server_limits)
    learnt_.push_back({limit, Allowance(limit.window, limit.amount)});
}

std::variant<Permit, AskAgain> RateGovernor::admit(Tick now) {
  if (now < closed_until_) return AskAgain{closed_until_};
  if (in_flight_ >= limit_) {
    reached_limit_ = true;
    return AskAgain{};
  }
  if (const Tick at = due(now); now < at) return AskAgain{at};
  for (std::size_t i = 0; i < due_.size(); ++i) {
    const Quota& quota = settings_.quotas[i];
    due_[i] = std::max(due_[i], now) + Duration(quota.window) / quota.requests;
  }
  for (Learnt& one : learnt_) {
    one.allowance.take(now, amount_of(one, usual_seconds_));
    if (one.limit.of == ServerLimit::Of::requests) one.allowance.spend(now, 1, 1);
  }
  ++in_flight_;
  ++sent_;
  flying_.push_back(now);
  return Permit{now, usual_seconds_};
}

/// When all that is known lets a request leave.
Tick RateGovernor::due(Tick now) {
  Tick due = now;
  for (const Tick one : due_) due = std::max(due, one);
  for (Learnt& one : learnt_)
    due = std::max(due, one.allowance.due(now, amount_of(one, usual_seconds_), in_use(one, now)));
  return due;
}

double RateGovernor::amount_of(const Learnt& one, double seconds) const {
  return one.limit.of == ServerLimit::Of::requests ? 1 : seconds;
}

/// Requests count when they leave; work while it lasts, as much of it as is usual.
double RateGovernor::in_use(const Learnt& one, Tick now) const {
  if (one.limit.of == ServerLimit::Of::requests) return 0;
  double work = 0;
  for (const Tick left : flying_) work += std::max(usual_seconds_, seconds(now - left));
  return work;
}

double RateGovernor::requests_per_second() const {
  double least = 0;
  const auto hold = [&](double requests, Duration window) {
    const double rate = requests / seconds(window);
    least = least > 0 ? std::min(least, rate) : rate;
  };
  for (const Quota& quota : settings_.quotas) hold(quota.requests, quota.window);
  for (const Learnt& one : learnt_)
    if (one.limit.of == ServerLimit::Of::requests)
      hold(one.allowance.known().value_or(one.limit.amount), one.limit.window);
  return least;
}

RateGovernor::Learnt* RateGovernor::met(std::string_view code) {
  const auto found = std::find_if(learnt_.begin(), learnt_.end(),
                                  [&](const Learnt& one) { return one.limit.code == code; });
  return found == learnt_.end() ? nullptr : &*found;
}

void RateGovernor::report(const Permit& permit, const Report& report, Tick now) {
  FLIT_CHECK(in_flight_ > 0, "a permit is reported once");
  --in_flight_;
  flying_.erase(std::find(flying_.begin(), flying_.end(), permit.sent_at));
  const double took = report.ending == Ending::limited ? 0 : seconds(now - permit.sent_at);
  for (Learnt& one : learnt_)
    if (one.limit.of == ServerLimit::Of::work) one.allowance.spend(now, took, permit.seconds_taken);
  if (report.not_before) closed_until_ = std::max(closed_until_, *report.not_before);
  switch (report.ending) {
    case Ending::limited:
      if (Learnt* limit = met(report.code); limit == nullptr) {
        back_off(permit, now);
      } else if (permit.sent_at >= last_cut_) {
        last_cut_ = now;
        limit->allowance.refused(now, in_use(*limit, now));
      }
      return;
    case Ending::ok:
      usual_seconds_ += weight_of_the_latest * (took - usual_seconds_);
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
