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

/// Of all users, of what `part` says of one.
template <typename State, typename Part>
auto sum_of(const State& state, const Part& part) {
  return state.look([&](const auto& all) {
    std::invoke_result_t<Part, const RateGovernor&> sum = 0;
    for (const RateGovernor& one : all.governors) sum += part(one);
    return sum;
  });
}

}  // namespace

Pacer::Pacer(Executor& executor, const std::string& name, Settings settings)
    : executor_(executor),
      users_(settings.users),
      events_(settings.events),
      retry_(settings.retry),
      state_(executor, "pacer " + name,
             State{std::vector<RateGovernor>(users_, RateGovernor(std::move(settings.governor))),
                   Random(settings.seed, name)}) {
  FLIT_CHECK(users_ > 0, "somebody sends");
}

Event to_event(const LimitMet& event) {
  return Event("limit_met", Level::info).duration("wait", event.wait);
}

double Pacer::requests_per_second() const {
  return sum_of(state_, [](const RateGovernor& one) { return one.requests_per_second(); });
}

std::uint64_t Pacer::sent() const {
  return sum_of(state_, [](const RateGovernor& one) { return one.sent(); });
}

int Pacer::limit() const {
  return sum_of(state_, [](const RateGovernor& one) { return one.limit(); });
}

int Pacer::in_flight() const {
  return sum_of(state_, [](const RateGovernor& one) { return one.in_flight(); });
}

Result<Pacer::Pass> Pacer::admit(Users users, std::size_t rows, const std::stop_token& stop) {
  Clock& clock = executor_.clock();
  while (true) {
    if (stop.stop_requested()) return stopped();
    const Asked asked =
        state_.change([&](State& state) { return ask(state, users, rows, clock.tick()); });
    if (asked.pass) return *asked.pass;
    if (asked.full.empty()) {
      if (!clock.sleep_until(*asked.not_before, stop)) return stopped();
      continue;
    }
    const Woken woken = state_.when(
        "a request in flight to end", {stop, asked.not_before.value_or(never)},
        [&](const State& state) {
          return std::any_of(asked.full.begin(), asked.full.end(), [&](std::size_t user) {
            const RateGovernor& governor = state.governors[user];
            return governor.in_flight() < governor.limit();
          });
        },
        [](State&) {});
    if (woken == Woken::stopped) return stopped();
  }
}

/// The one with the least to do is asked first.
Pacer::Asked Pacer::ask(State& state, Users users, std::size_t rows, Tick now) {
  std::vector<std::size_t> order;
  for (std::size_t user = users.first; user < users.end; ++user) order.push_back(user);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return state.governors[a].in_flight() < state.governors[b].in_flight();
  });
  Asked asked;
  for (const std::size_t user : order) {
    const auto answer = state.governors[user].admit(now, rows);
    if (const Permit* permit = std::get_if<Permit>(&answer)) {
      asked.pass = Pass{user, *permit};
      return asked;
    }
    if (const auto tick = std::get<AskAgain>(answer).not_before)
      asked.not_before = std::min(asked.not_before.value_or(*tick), *tick);
    else
      asked.full.push_back(user);
  }
  return asked;
}

void Pacer::report(const Pass& pass, const Error* error) {
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
    state.governors[pass.user].report(
        pass.permit,
        {ending_of(error), not_before, error != nullptr ? error->code : std::string_view()},
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
