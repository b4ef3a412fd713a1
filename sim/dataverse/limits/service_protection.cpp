#include "sim/dataverse/limits/service_protection.hpp"

#include <fmt/format.h>

#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

std::int64_t micros(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

}  // namespace

ServiceProtection::Account& ServiceProtection::account_of(State& state, const Uuid& user,
                                                          unsigned server) const {
  return state.accounts.try_emplace({user, server}, limits_.window).first->second;
}

Refusal ServiceProtection::refuse(State& state, const std::string& key, Tick now,
                                  std::string_view kind, Duration needed) const {
  Refusal refusal;
  refusal.status = 429;
  if (kind == "requests") {
    refusal.code = 0x80072322;
    refusal.message =
        fmt::format("Number of requests exceeded the limit of {} over time window of {} seconds.",
                    limits_.requests, limits_.window.count());
  } else if (kind == "execution_time") {
    refusal.code = 0x80072321;
    refusal.message =
        "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds "
        "over "
        "time window of 300 seconds. Decrease number of concurrent requests or reduce the duration "
        "of requests and try again later.";
  } else {
    refusal.code = 0x80072326;
    refusal.message =
        fmt::format("Number of concurrent requests exceeded the limit of {}.", limits_.concurrent);
  }
  refusal.retry_after_s = static_cast<int>(state.hints.refuse(key, now, needed).count());
  stats_.count_throttled(kind);
  return refusal;
}

std::optional<Refusal> ServiceProtection::enter(const Uuid& user, unsigned server, Tick now) {
  return state_.with([&](State& state) -> std::optional<Refusal> {
    const std::string key = fmt::format("{}/{}", user.text(), server);
    Account& account = account_of(state, user, server);
    if (state.hints.arrive(key, now)) stats_.count_sent_inside_retry_after();
    if (account.requests.total(now) >= limits_.requests)
      return refuse(state, key, now, "requests",
                    account.requests.until_at_most(now, limits_.requests - 1));
    const std::int64_t most_us = micros(limits_.execution);
    if (account.execution_us.total(now) >= most_us)
      return refuse(state, key, now, "execution_time",
                    account.execution_us.until_at_most(now, most_us - 1));
    if (!account.gauge.enter(now, limits_.concurrent))
      return refuse(state, key, now, "concurrency", std::chrono::seconds(1));
    account.requests.add(now, 1);
    return std::nullopt;
  });
}

void ServiceProtection::leave(const Uuid& user, unsigned server, Tick now, Duration execution) {
  state_.with([&](State& state) {
    Account& account = account_of(state, user, server);
    account.execution_us.add(now, micros(execution));
    account.gauge.leave_at(now + execution);
  });
}

ServiceProtection::Remaining ServiceProtection::remaining(const Uuid& user, unsigned server,
                                                          Tick now) {
  return state_.with([&](State& state) {
    Account& account = account_of(state, user, server);
    const double used = static_cast<double>(account.execution_us.total(now)) / 1e6;
    return Remaining{std::max<std::int64_t>(0, limits_.requests - account.requests.total(now)),
                     std::max(0.0, static_cast<double>(limits_.execution.count()) - used)};
  });
}

void ServiceProtection::clear() {
  state_.with([](State& state) {
    state.accounts.clear();
    state.hints.clear();
  });
}

}  // namespace flit::sim::dataverse
