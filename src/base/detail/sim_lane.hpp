#pragma once
/// @file What the scheduler of a simulation knows of a lane. Touched only by whoever holds the
/// baton.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/detail/baton.hpp"
#include "base/monitor.hpp"

namespace flit::detail {

/// What a lane waits for when it suspends itself.
struct SimWait {
  std::string_view where{};  ///< a monitor's name, kept by the scheduler; empty: the clock
  const char* what = "";
  Tick until = never;
  std::stop_token stop{};
  const Monitor::Condition* ready = nullptr;  ///< null: only the deadline or the stop ends it
};

struct SimLane {
  enum class State {
    fresh,        ///< started, has not run yet
    running,      ///< holds the baton
    interrupted,  ///< could run, but others were given the chance
    waiting,      ///< see `wait`
    joining,      ///< waits for `joined` to end, whatever happens
    ended,
  };

  SimLane(std::size_t number_, std::string name_) : number(number_), name(std::move(name_)) {}

  std::size_t number;
  std::string name;
  State state = State::fresh;
  bool queued = false;                                    ///< is among those that may go on next
  SimWait wait{};                                         ///< while waiting
  const SimLane* joined = nullptr;                        ///< while joining
  std::optional<std::pair<Tick, std::uint64_t>> alarm{};  ///< its place among the sleepers
  std::vector<SimLane*> joiners{};
  Baton baton;
  std::thread thread;  ///< none for lane 0, which is the caller of run()
};

}  // namespace flit::detail
