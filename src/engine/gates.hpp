#pragma once
/// @file The gates of a migration: what people approve, and whether that still is what they
/// approved.
///
/// A gate's parts are fingerprinted when it is approved and again whenever it is asked for; where
/// they differ the approval is void and the parts that differ are named (mission.md, "stages and
/// gates"). Each approval is also a fact of the journal. Stateless.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/fingerprint.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

/// In the order in which they are passed.
enum class Gate : std::uint8_t { map, plan, owners, sample };

std::string_view to_string(Gate gate);
std::optional<Gate> gate_named(std::string_view name);

struct GateState {
  enum class Kind : std::uint8_t {
    open,      ///< nobody approved it
    approved,  ///< as it is now
    voided,    ///< as it was; `changed` says what is different
  };
  Gate gate = Gate::map;
  Kind kind = Kind::open;
  std::optional<store::Approval> approval{};
  std::vector<std::string> changed{};
};

std::string_view to_string(GateState::Kind kind);

/// What the newest approval of the gate is worth, given its parts as they are now.
Result<GateState> gate_state(Environment& environment, Gate gate, const Parts& now);

struct Approver {
  std::string name;  ///< who answers for it
  std::string note{};
};

Result<void> approve(Environment& environment, Gate gate, const Approver& approver,
                     const Parts& parts);

/// Success when the gate is approved, else Fault::setup with code "gate_closed", what is different
/// and the command that opens it.
Result<void> require(const GateState& state);

}  // namespace flit::engine
