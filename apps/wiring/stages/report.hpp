#pragma once
/// @file S-11 over a project: the package that is handed over.

#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "reports/handover.hpp"

namespace flit::wiring {

struct ReportOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  reports::Handover handover{};
};

Result<ReportOutcome> hand_over(Workspace& workspace);

}  // namespace flit::wiring
