#pragma once
/// @file What each gate's approval is given for, as the project stands now.

#include <span>

#include "apps/wiring/workspace.hpp"
#include "engine/gates.hpp"

namespace flit::wiring {

/// The parts that an approval of the gate speaks for. Fault::setup when there is nothing to approve
/// yet ("no plan: run `flitstack plan`").
Result<engine::Parts> parts_of(Workspace& workspace, engine::Gate gate);

Result<engine::GateState> state_of(Workspace& workspace, engine::Gate gate);

/// Success when all of them are approved as they stand; code "gate_closed" for the first that is
/// not.
Result<void> require_gates(Workspace& workspace, std::span<const engine::Gate> gates);

}  // namespace flit::wiring
