#pragma once
/// @file S-03 over a project: the plan for its map, kept, applied plans verified.

#include <stop_token>
#include <string>
#include <vector>

#include "apps/wiring/workspace.hpp"
#include "engine/setup_plan.hpp"

namespace flit::wiring {

/// Success when the destination is the one of the inventory: before anything is written to it or
/// taken back.
Result<void> require_same_destination(Workspace& workspace, std::stop_token stop);

/// The plan for the map as it stands, against the destination as it was last described.
Result<engine::SetupPlan> plan_setup(Workspace& workspace);

/// Keeps the plan and the schema that it leads to in the ledger, and the manifest in out/.
Result<void> keep_plan(Workspace& workspace, const engine::SetupPlan& plan);

/// Describes the destination anew; names what the plan wants and is not there.
Result<std::vector<std::string>> verify_setup(Workspace& workspace, std::stop_token stop);

/// Takes back what the plan made, and opens S-03 again; returns how many changes.
Result<std::uint64_t> revert_setup(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
