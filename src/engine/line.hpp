#pragma once
/// @file An assembly line: one lane hands out chunks, several work on them, one takes the outcomes.
///
/// Memory is lanes times chunk, however many chunks there are. The first error of any lane stops
/// the line and is returned; a stop from outside is Fault::cancelled. Outcomes come in any order.

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "base/channel.hpp"
#include "base/lanes.hpp"
#include "base/result.hpp"
#include "base/watched.hpp"

namespace flit::engine {

template <typename Chunk, typename Outcome>
struct Line {
  std::string name;
  int lanes = 4;
  std::function<Result<std::optional<Chunk>>()> next{};  ///< none: that was all
  /// `lane` is from 0 to lanes - 1: tools that may not be shared are kept by it.
  std::function<Result<Outcome>(std::size_t lane, Chunk&, std::stop_token)> work{};
  std::function<Result<void>(Outcome&&)> collect{};
};

template <typename Chunk, typename Outcome>
Result<void> run(Executor& executor, const Line<Chunk, Outcome>& line, std::stop_token stop) {
  struct State {
    std::size_t working = 0;
    std::optional<Error> failed{};
  };
  const auto count = static_cast<std::size_t>(line.lanes);
  Watched<State> state(executor, line.name, {.working = count});
  Channel<Chunk> chunks(executor, "chunks of " + line.name, count);
  Channel<Outcome> outcomes(executor, "outcomes of " + line.name, count);
  Lanes lanes(executor, line.name, stop);
  const auto fail = [&](const Error& error) {
    state.change([&](State& s) {
      if (!s.failed) s.failed = error;
    });
    lanes.request_stop();
  };

  lanes.spawn("plan of " + line.name, [&](std::stop_token lane_stop) {
    while (true) {
      Result<std::optional<Chunk>> chunk = line.next();
      if (!chunk) return fail(chunk.error());
      if (!*chunk) return chunks.close();
      if (chunks.push(std::move(**chunk), {lane_stop}) != Passage::done) return;
    }
  });
  for (std::size_t lane = 0; lane < count; ++lane)
    lanes.spawn(line.name + " " + std::to_string(lane), [&, lane](std::stop_token lane_stop) {
      while (true) {
        auto popped = chunks.pop({lane_stop});
        if (popped.passage != Passage::done) break;
        Result<Outcome> outcome = line.work(lane, *popped.item, lane_stop);
        if (!outcome) {
          fail(outcome.error());
          break;
        }
        if (outcomes.push(std::move(*outcome), {lane_stop}) != Passage::done) break;
      }
      if (state.change([](State& s) { return --s.working == 0; })) outcomes.close();
    });
  lanes.spawn("outcomes of " + line.name, [&](std::stop_token lane_stop) {
    while (true) {
      auto popped = outcomes.pop({lane_stop});
      if (popped.passage != Passage::done) return;
      if (Result<void> taken = line.collect(std::move(*popped.item)); !taken)
        return fail(taken.error());
    }
  });
  lanes.join();

  return state.change([&](State& s) -> Result<void> {
    if (s.failed) return Error(*s.failed).during(line.name);
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while " + line.name};
    return {};
  });
}

}  // namespace flit::engine
