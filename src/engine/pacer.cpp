#include "engine/pacer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"

namespace flit::engine {
namespace {

Error stopped() {
  return {.fault = Fault::cancelled,
          .message = "stopped while waiting for a request to be allowed"};
}

Ending ending_of(const Error* error) {
  if (error == nullptr) return Ending::ok;
  return error->fault == Fault::limit ? Ending::limited : Ending::failed;
}

/// Whether the same call may be made again at all.
bool repeatable(Fault fault, Repeat repeat) {
  switch (fault) {
    case Fault::limit:
    case Fault::transient:
      return true;
    case Fault::ambiguous:
      return repeat != Repeat::never;
    case Fault::setup:
    case Fault::permanent:
    case Fault::cancelled:
      return false;
  }
  return false;
}

}  // namespace

Pacer::Pacer(Executor& executor, const std::string& name, Settings settings)
    : executor_(executor),
      events_(settings.events),
      retry_(settings.retry),
      state_(executor, "pacer " + name,
             State{RateGovernor(std::move(settings.governor)), Random(settings.seed, name)}) {}

Event to_event(const LimitMet& event) {
  return Event("limit_met", Level::info).duration("wait", event.wait);
}

double Pacer::requests_per_second() const {
  return state_.look([](const State& state) { return state.governor.requests_per_second(); });
}

std::uint64_t Pacer::sent() const {
  return state_.look([](const State& state) { return state.governor.sent(); });
}

int Pacer::limit() const {
  return state_.look([](const State& state) { return state.governor.limit(); });
}

int Pacer::in_flight() const {
  return state_.look([](const State& state) { return state.governor.in_flight(); });
}

Result<Permit> Pacer::admit(std::size_t rows, std::stop_token stop) {
  Clock& clock = executor_.clock();
  while (true) {
    if (stop.stop_requested()) return stopped();
    const auto answer =
        state_.change([&](State& state) { return state.governor.admit(clock.tick(), rows); });
    if (const Permit* permit = std::get_if<Permit>(&answer)) return *permit;
    if (const auto not_before = std::get<AskAgain>(answer).not_before) {
      if (!clock.sleep_until(*not_before, stop)) return stopped();
      continue;
    }
    const Woken woken = state_.when(
        "a request in flight to end", {stop},
        [](const State& state) { return state.governor.in_flight() < state.governor.limit(); },
        [](State&) {});
    if (woken != Woken::ready) return stopped();
  }
}

void Pacer::report(const Permit& permit, const Error* error) {
  Clock& clock = executor_.clock();
  std::optional<Tick> not_before;
  if (error != nullptr && error->retry_after) {
    not_before = clock.after(*error->retry_after);
    if (events_ != nullptr && error->fault == Fault::limit)
      emit(*events_, LimitMet{*error->retry_after});
  }
  state_.change([&](State& state) {
    state.limited = error != nullptr && error->fault == Fault::limit && !error->retry_after
                        ? state.limited + 1
                        : 0;
    state.governor.report(
        permit, {ending_of(error), not_before, error != nullptr ? error->code : std::string_view()},
        clock.tick());
  });
}

/// Doubles from try to try; full jitter, so that lanes that failed together do not come back
/// together.
Duration Pacer::pause(int tries) {
  const auto most = std::min<std::int64_t>(retry_.longest.count(), retry_.base.count()
                                                                       << std::min(tries - 1, 16));
  const std::int64_t chosen =
      state_.change([&](State& state) { return state.random.between(1, most); });
  return std::chrono::milliseconds(chosen);
}

Result<void> Pacer::pause_after(const Error& error, Repeat repeat, int& tries,
                                std::stop_token stop) {
  if (!repeatable(error.fault, repeat)) return Error(error);
  if (error.fault == Fault::limit) {
    --tries;                           // a limit ends by itself: it costs no attempt
    if (error.retry_after) return {};  // the governor keeps the door closed for so long
    const int met = state_.look([](const State& state) { return state.limited; });
    return executor_.clock().sleep_for(pause(std::max(1, met)), stop) ? Result<void>()
                                                                      : Result<void>(stopped());
  }
  if (tries >= retry_.attempts) {
    Error last = error;
    last.trail.push_back(fmt::format("trying for the {}th time", tries));
    return last;
  }
  return executor_.clock().sleep_for(pause(tries), stop) ? Result<void>() : Result<void>(stopped());
}

}  // namespace flit::engine
