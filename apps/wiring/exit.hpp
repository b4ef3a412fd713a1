#pragma once
/// @file How a command ends the process: the exit codes that others rely on.

#include "base/result.hpp"

namespace flit::wiring {

enum class Exit : int {
  done = 0,
  unexpected = 1,             ///< a bug or a broken machine
  usage = 2,                  ///< usage or configuration
  gate_closed = 3,            ///< something must be approved first
  findings_block = 4,         ///< a check found what must be repaired first
  remote_failed = 5,          ///< the source or the destination
  finished_with_failures = 6  ///< done, but some records failed
};

/// How an error ends the process: setup faults are usage, refusals by the other side are remote.
Exit exit_for(const Error& error);

}  // namespace flit::wiring
