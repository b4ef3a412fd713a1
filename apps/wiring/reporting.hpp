#pragma once
/// @file Reports over a project: what they are made from, gathered from its ledger and map.

#include <filesystem>

#include "apps/wiring/workspace.hpp"
#include "reports/handover.hpp"

namespace flit::wiring {

/// S-01: out/scope.html; the map may not be there yet.
Result<std::filesystem::path> write_scope(Workspace& workspace);

/// S-11: out/handover.
Result<reports::Handover> write_handover(Workspace& workspace);

}  // namespace flit::wiring
