#include "sim/interactive/api/limiter.hpp"

#include <algorithm>

#include "base/http_date.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_in_flight = 6;

ApiError limited(std::string code, std::string message) {
  return {.status = 429, .code = std::move(code), .message = std::move(message)};
}

}  // namespace

Limiter::Limiter(SimClock& clock, Stats& stats, bool enforced, Duration latency)
    : clock_(clock), stats_(stats), enforced_(enforced), latency_(latency) {}

std::optional<ApiError> Limiter::enter(const std::string& token) {
  if (!enforced_) return std::nullopt;
  bool inside = false;
  auto refused = state_.with([&](State& state) -> std::optional<ApiError> {
    const Tick now = clock_.tick();
    PerToken& one = state.tokens[token];
    inside = state.hints.arrive(token, now);
    one.needed = Duration::zero();
    if (!one.gauge.enter(now, most_in_flight))
      return limited("too_many_concurrent", "Too many requests at once.");
    std::optional<ApiError> error;
    if (one.quota.left(clock_.now()) <= 0) {
      error = limited("daily_limit", "The requests of this day are used up.");
    } else if (const auto wait = one.bucket.take(now)) {
      one.needed = *wait;
      error = limited("rate_limited", "Too many requests.");
    } else {
      one.quota.take(clock_.now());
    }
    if (error) one.gauge.leave_at(now + latency_);
    return error;
  });
  if (inside) stats_.count_sent_inside_retry_after();
  if (refused) stats_.count_throttled(refused->code);
  return refused;
}

void Limiter::leave(const std::string& token) {
  if (!enforced_) return;
  state_.with([&](State& state) { state.tokens[token].gauge.leave_at(clock_.tick() + latency_); });
}

void Limiter::add_hint(Response& response, const std::string& token, const ApiError& error,
                       std::optional<Duration> needed) {
  const Instant now = clock_.now();
  const auto hint = state_.with([&](State& state) -> std::optional<std::string> {
    const std::uint64_t n = ++state.refused;
    const Duration wait = needed.value_or(state.tokens[token].needed);
    auto seconds = std::max(std::chrono::ceil<std::chrono::seconds>(wait), std::chrono::seconds(1));
    if (error.code == "daily_limit") {
      seconds = DailyQuota::until_midnight(now);
    } else if (n % 3 == 0) {
      return std::nullopt;
    }
    state.hints.note(token, clock_.tick(), clock_.tick() + seconds);
    if (error.code != "daily_limit" && n % 7 == 0)
      // whole seconds on the wire: one more, so that the date is not before the wait is over
      return format_http_date(now + seconds + std::chrono::seconds(1));
    return std::to_string(seconds.count());
  });
  if (hint) response.headers.add("Retry-After", *hint);
}

void Limiter::reset() {
  state_.with([](State& state) { state = State{}; });
}

}  // namespace flit::sim::interactive
