#include "base/lanes.hpp"

#include <utility>

namespace flit {

Lanes::Lanes(Executor& executor, const std::string& name, std::stop_token parent)
    : executor_(executor),
      parent_stops_(std::move(parent), [this] { stop_.request_stop(); }),
      state_(executor, "lanes " + name) {}

Lanes::~Lanes() {
  request_stop();
  while (true) {  // a lane that is ending may have spawned another
    auto lanes = lanes_.with([](auto& all) { return std::exchange(all, {}); });
    if (lanes.empty()) return;
  }
}

void Lanes::spawn(std::string name, Body body) {
  reap();
  const std::uint64_t number = state_.change([](State& state) {
    ++state.running;
    return ++state.spawned;
  });
  try {
    auto lane = executor_.start(std::move(name),
                                [this, number, body = std::move(body)] { live(number, body); });
    lanes_.with([&](auto& lanes) { lanes.emplace(number, std::move(lane)); });
  } catch (...) {  // the machine has no thread left
    state_.change([](State& state) { --state.running; });
    throw;
  }
}

void Lanes::live(std::uint64_t number, const Body& body) {
  std::exception_ptr failure;
  try {
    body(stop_.get_token());
  } catch (const Crashed&) {
    throw;  // a dead process collects nothing
  } catch (...) {
    failure = std::current_exception();
    stop_.request_stop();
  }
  state_.change([&](State& state) {
    --state.running;
    state.ended.push_back(number);
    if (failure && !state.first_failure) state.first_failure = failure;
  });
}

void Lanes::reap() {
  const auto ended = state_.change([](State& state) { return std::exchange(state.ended, {}); });
  for (const std::uint64_t number : ended) {
    // Taken out under the lock, joined without it.
    const auto lane = lanes_.with([&](auto& lanes) { return lanes.extract(number); });
    if (lane.empty())  // it ended before its spawn() could put it there
      state_.change([&](State& state) { state.ended.push_back(number); });
  }
}

Woken Lanes::wait(const Patience& patience) {
  return state_.when(
      "every lane to end", patience, [](const State& state) { return state.running == 0; },
      [](State&) {});
}

void Lanes::join() {
  // Not stoppable: the stop goes to the lanes, and they end.
  static_cast<void>(wait({std::stop_token{}, never}));
  reap();
  const auto failure =
      state_.change([](State& state) { return std::exchange(state.first_failure, nullptr); });
  if (failure) std::rethrow_exception(failure);
}

std::size_t Lanes::running() const {
  return state_.look([](const State& state) { return state.running; });
}

}  // namespace flit
