#pragma once
/// @file Where a migration stands, and what is typed next. Reads the ledger and the project alone.

#include <optional>
#include <string>
#include <vector>

#include "apps/wiring/workspace.hpp"
#include "engine/gates.hpp"
#include "store/notebook.hpp"
#include "store/predictions.hpp"

namespace flit::wiring {

struct Standing {
  std::vector<store::Stage> stages;      ///< of engine::stage_names(), in that order
  std::vector<engine::GateState> gates;  ///< in the order in which they are passed
  bool has_plan = false;
  std::optional<store::Predictions> predictions{};  ///< once everything was loaded
};

Result<Standing> look(Workspace& workspace);

/// The command that takes the first step that is not taken yet, "plan apply --yes"; empty: none.
std::string next_of(const Standing& standing);

/// Both at once.
Result<std::string> next_command(Workspace& workspace);

}  // namespace flit::wiring
