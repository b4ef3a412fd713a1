#pragma once
/// @file S-02 over a project: the map proposed, reviewed, confirmed.

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "automap/map_draft.hpp"
#include "engine/gates.hpp"
#include "engine/map_review.hpp"
#include "engine/setup_plan.hpp"

namespace flit::wiring {

struct ProposeOptions {
  bool force = false;  ///< replace a map that is there
};

struct ProposeOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  automap::MapDraft draft{};
  engine::MapReview review{};
};

/// Writes map/. Fault::setup when another map is there that may not be replaced: one that people
/// have edited, or that was made of another source.
Result<ProposeOutcome> propose_map(Workspace& workspace, const ProposeOptions& options);

/// What the map, as it stands, would do and what of it cannot work.
Result<engine::MapReview> review_map(Workspace& workspace);

/// The same with a plan that was just made for it.
Result<engine::MapReview> review_map(Workspace& workspace, const engine::SetupPlan& plan);

/// Exit::done, or the error that says which lines of the map cannot work.
Result<Exit> verdict_of(const engine::MapReview& review);

struct ApproveOutcome {
  engine::Parts parts{};
  std::string fingerprint{};
};

/// Approves the map unless lines of it cannot work.
Result<ApproveOutcome> confirm_map(Workspace& workspace, const engine::Approver& approver);

/// Approves what stands behind a gate now; the map as confirm_map() does.
Result<ApproveOutcome> approve(Workspace& workspace, engine::Gate gate,
                               const engine::Approver& approver);

}  // namespace flit::wiring
