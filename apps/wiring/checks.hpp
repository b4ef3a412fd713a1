#pragma once
/// @file The checks of the path (gotchas) over a project, and their findings with the preflight's.

#include <stop_token>
#include <vector>

#include "apps/wiring/workspace.hpp"
#include "engine/checks/check.hpp"

namespace flit::wiring {

/// Runs every check that the path lists.
Result<std::vector<engine::CheckResult>> run_checks(Workspace& workspace,
                                                    const engine::Migration& migration,
                                                    std::stop_token stop);

}  // namespace flit::wiring
