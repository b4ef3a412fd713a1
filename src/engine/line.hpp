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

/// The line while it runs: its channels, and how far its lanes are.
template <typename Chunk, typename Outcome>
class RunningLine {
 public:
  RunningLine(Executor& executor, const Line<Chunk, Outcome>& line, std::stop_token stop)
      : line_(line),
        stop_(stop),
        count_(static_cast<std::size_t>(line.lanes)),
        state_(executor, line.name, {.working = count_}),
        chunks_(executor, "chunks of " + line.name, count_),
        outcomes_(executor, "outcomes of " + line.name, count_),
        lanes_(executor, line.name, std::move(stop)) {}

  Result<void> run() {
    lanes_.spawn("plan of " + line_.name, [this](std::stop_token stop) { hand_out(stop); });
    for (std::size_t lane = 0; lane < count_; ++lane)
      lanes_.spawn(line_.name + " " + std::to_string(lane), [this, lane](std::stop_token stop) {
        work(lane, stop);
        if (state_.change([](State& s) { return --s.working == 0; })) outcomes_.close();
      });
    lanes_.spawn("outcomes of " + line_.name, [this](std::stop_token stop) { take(stop); });
    lanes_.join();
    return ending();
  }

 private:
  struct State {
    std::size_t working = 0;
    std::optional<Error> failed{};
  };

  void hand_out(const std::stop_token& stop) {
    while (true) {
      Result<std::optional<Chunk>> chunk = line_.next();
      if (!chunk) return fail(chunk.error());
      if (!*chunk) return chunks_.close();
      if (chunks_.push(std::move(**chunk), {stop}) != Passage::done) return;
    }
  }

  void work(std::size_t lane, const std::stop_token& stop) {
    while (true) {
      auto popped = chunks_.pop({stop});
      if (popped.passage != Passage::done) return;
      Result<Outcome> outcome = line_.work(lane, *popped.item, stop);
      if (!outcome) return fail(outcome.error());
      if (outcomes_.push(std::move(*outcome), {stop}) != Passage::done) return;
    }
  }

  void take(const std::stop_token& stop) {
    while (true) {
      auto popped = outcomes_.pop({stop});
      if (popped.passage != Passage::done) return;
      if (Result<void> taken = line_.collect(std::move(*popped.item)); !taken)
        return fail(taken.error());
    }
  }

  void fail(const Error& error) {
    state_.change([&](State& s) {
      if (!s.failed) s.failed = error;
    });
    lanes_.request_stop();
  }

  Result<void> ending() {
    return state_.change([this](State& s) -> Result<void> {
      if (s.failed) return Error(*s.failed).during(line_.name);
      if (stop_.stop_requested())
        return Error{.fault = Fault::cancelled, .message = "stopped while " + line_.name};
      return {};
    });
  }

  const Line<Chunk, Outcome>& line_;
  std::stop_token stop_;
  std::size_t count_;
  Watched<State> state_;
  Channel<Chunk> chunks_;
  Channel<Outcome> outcomes_;
  Lanes lanes_;  // last: ends before what its lanes use
};

template <typename Chunk, typename Outcome>
Result<void> run(Executor& executor, const Line<Chunk, Outcome>& line, std::stop_token stop) {
  return RunningLine<Chunk, Outcome>(executor, line, std::move(stop)).run();
}

}  // namespace flit::engine
