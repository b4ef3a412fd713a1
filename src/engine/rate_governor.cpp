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

std::variant<Permit, AskAgain> RateGovernor::admit(Tick now, std::size_t rows) {
  if (now < closed_until_) return AskAgain{closed_until_};
  if (in_flight_ >= limit_) {
    reached_limit_ = true;
    return AskAgain{};
  }
  const double seconds = usual(rows);
  if (const Tick at = due(now, seconds); now < at) return AskAgain{at};
  for (std::size_t i = 0; i < due_.size(); ++i) {
    const Quota& quota = settings_.quotas[i];
    due_[i] = std::max(due_[i], now) + Duration(quota.window) / quota.requests;
  }
  for (Learnt& one : learnt_) {
    one.allowance.take(now, amount_of(one, seconds));
    if (one.limit.of == ServerLimit::Of::requests) one.allowance.spend(now, now, 1, 1);
  }
  ++in_flight_;
  ++sent_;
  flying_.push_back({now, seconds});
  return Permit{now, rows, seconds};
}

/// When all that is known lets a request leave.
Tick RateGovernor::due(Tick now, double seconds) {
  Tick due = now;
  for (const Tick one : due_) due = std::max(due, one);
  for (Learnt& one : learnt_)
    due = std::max(due, one.allowance.due(now, amount_of(one, seconds), in_use(one, now)));
  return due;
}

/// Seconds of work of such a request.
double RateGovernor::usual(std::size_t rows) const {
  return rows > 0 ? static_cast<double>(rows) * seconds_of_a_row_ : seconds_of_a_read_;
}

void RateGovernor::learn(const Permit& permit, double took) {
  double& known = permit.rows > 0 ? seconds_of_a_row_ : seconds_of_a_read_;
  const double latest = permit.rows > 0 ? took / static_cast<double>(permit.rows) : took;
  known = known > 0 ? known + weight_of_the_latest * (latest - known) : latest;
}

double RateGovernor::amount_of(const Learnt& one, double seconds) const {
  return one.limit.of == ServerLimit::Of::requests ? 1 : seconds;
}

/// Requests count when they leave; work while it lasts, as much of it as is usual or more. What
/// left with or behind a refused one is about to be refused itself: `before` leaves it out.
double RateGovernor::in_use(const Learnt& one, Tick now) const {
  if (one.limit.of == ServerLimit::Of::requests) return 0;
  double work = 0;
  for (const Flying& request : flying_)
    work += std::max(request.seconds, seconds(now - request.since));
  return work;
}

/// What a request that was refused had been counted for.
double RateGovernor::in_use_of(const Learnt& one, const Permit& permit) const {
  return one.limit.of == ServerLimit::Of::requests ? 0 : permit.seconds_taken;
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
  flying_.erase(std::find_if(flying_.begin(), flying_.end(), [&](const Flying& one) {
    return one.since == permit.sent_at && one.seconds == permit.seconds_taken;
  }));
  const double took = report.ending == Ending::limited ? 0 : seconds(now - permit.sent_at);
  for (Learnt& one : learnt_)
    if (one.limit.of == ServerLimit::Of::work)
      one.allowance.spend(now, permit.sent_at, took, permit.seconds_taken);
  if (report.not_before) closed_until_ = std::max(closed_until_, *report.not_before);
  switch (report.ending) {
    case Ending::limited:
      if (Learnt* limit = met(report.code); limit == nullptr) {
        back_off(permit, now);
      } else if (permit.sent_at >= last_cut_) {
        last_cut_ = now;
        limit->allowance.refused(now, in_use(*limit, now));
      } else {
        limit->allowance.was_not_used(in_use_of(*limit, permit));
      }
      return;
    case Ending::ok:
      learn(permit, took);
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
