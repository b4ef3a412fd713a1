#pragma once
/// @file S-05 over a project: what would fail and why, for every record, before anything is sent.

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/checks/check.hpp"
#include "engine/preflight.hpp"
#include "store/notebook.hpp"
#include "store/verdict.hpp"

namespace flit::wiring {

/// Records of one object that will not be written for one reason.
struct Predicted {
  store::Verdict verdict;
  std::uint64_t count = 0;
  std::vector<std::string> ids{};  ///< the first of them
};
using Predictions = std::map<std::pair<std::string, std::string>, Predicted>;  ///< object, reason

struct PreflightOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::Preflight::Counts counts{};
  Predictions fail{};
  Predictions hold{};
  Predictions skip{};
  std::vector<engine::CheckResult> checks{};
  std::vector<store::Finding> findings{};
};

/// Needs the gates map, plan and owners. Sends nothing.
Result<PreflightOutcome> look_ahead(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
