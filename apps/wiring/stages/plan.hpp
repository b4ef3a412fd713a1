#pragma once
/// @file S-03 over a project: the plan made and kept, and the plan applied and verified.

#include <stop_token>
#include <string>
#include <vector>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/schema_setup.hpp"
#include "engine/setup_plan.hpp"

namespace flit::wiring {

struct PlanOutcome {
  Result<Exit> end = Exit::done;
  engine::SetupPlan plan{};
};

/// Against the destination as it is now.
Result<PlanOutcome> make_plan(Workspace& workspace, std::stop_token stop);

struct ApplyOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::SetupCounts counts{};
  std::vector<std::string> missing{};  ///< looked at again, and not there
};

/// Needs the gates map and plan.
Result<ApplyOutcome> apply_plan(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
