#pragma once
/// @file Serves one simulator from the start-up line to SIGTERM.

#include "apps/flitsim/command_line.hpp"

namespace flit::sim {

/// Makes what was chosen, serves it if there is something to serve, and returns when it has ended.
Result<void> run(Chosen& chosen);

}  // namespace flit::sim
