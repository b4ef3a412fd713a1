#pragma once
/// @file S-09 over a project: every row read back, every field compared, the books balanced.

#include <cstdint>
#include <stop_token>
#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/reconciliation.hpp"

namespace flit::wiring {

struct ReconcileOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::ReconciliationResult result{};
};

/// `sample`: about how many records are compared; 0: all.
Result<ReconcileOutcome> reconcile(Workspace& workspace, std::uint64_t sample,
                                   std::stop_token stop);

}  // namespace flit::wiring
