#pragma once
/// @file S-03 over a project: the plan for its map, kept, applied plans verified.

#include <cstdint>
#include <stop_token>

#include "apps/wiring/workspace.hpp"
#include "engine/setup_plan.hpp"

namespace flit::wiring {

/// Success when the destination is the one of the inventory: before anything is written to it or
/// taken back.
Result<void> require_same_destination(Workspace& workspace, std::stop_token stop);

/// The plan for the map as it stands, against the destination as it was last described.
Result<engine::SetupPlan> plan_setup(Workspace& workspace);

/// The same against the destination as it is now, which is described anew.
Result<engine::SetupPlan> plan_anew(Workspace& workspace, std::stop_token stop);

/// Success when nothing keeps the plan from being applied.
Result<void> require_no_problems(const engine::SetupPlan& plan);

/// Keeps the plan and the schema that it leads to in the ledger, and the manifest in out/. The
/// approval of another plan is void from then on.
Result<void> keep_plan(Workspace& workspace, const engine::SetupPlan& plan);

/// Success when the destination, looked at anew, has all that the plan made and nothing else in its
/// place: before records are written by it. The plan that was approved stays the one that is kept.
Result<void> require_setup(Workspace& workspace, std::stop_token stop);

/// Takes back what the plan made, and opens S-03 again; returns how many changes.
Result<std::uint64_t> revert_setup(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
