#pragma once
/// @file How much there is to do: what a bar needs beside the events of what was done.

#include <cstdint>
#include <string>

#include "base/event.hpp"

namespace flit::engine {

/// A stage begins to work through something that was counted.
struct WorkPlanned {
  std::string what;
  std::uint64_t total = 0;
  double requests_per_second = 0;  ///< that the platform allows; 0: it publishes no such limit
};

Event to_event(const WorkPlanned& event);

}  // namespace flit::engine
