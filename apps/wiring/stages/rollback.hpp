#pragma once
/// @file S-10 over a project: the destination as it was, and the proof of it.

#include <cstdint>
#include <stop_token>
#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/rollback.hpp"

namespace flit::wiring {

struct RollbackOptions {
  bool only_sampled = false;
  bool schema = false;  ///< also what the plan made
};

struct RollbackOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::RollbackResult result{};
  std::uint64_t schema_reverted = 0;
};

/// Fault::setup for options that exclude each other.
Result<void> check(const RollbackOptions& options);

/// As check(); a row that is kept keeps the schema.
Result<RollbackOutcome> roll_back(Workspace& workspace, const RollbackOptions& options,
                                  std::stop_token stop);

}  // namespace flit::wiring
