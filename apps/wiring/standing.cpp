#include "apps/wiring/standing.hpp"

#include <array>

#include "apps/wiring/approvals.hpp"
#include "engine/stages.hpp"

namespace flit::wiring {
namespace {

using engine::Gate;
using engine::GateState;
using store::StageState;

constexpr std::array gates{Gate::map, Gate::plan, Gate::owners, Gate::sample};

/// A step of a migration: a stage, or the gate behind it, and what is typed to take it.
struct Step {
  std::string_view stage;  ///< empty: the gate alone
  std::optional<Gate> gate;
  std::string_view command;
};

constexpr std::array<Step, 14> way{{{"S-01", {}, "inventory"},
                                    {"S-02", {}, "map propose"},
                                    {"", Gate::map, "map confirm --as NAME"},
                                    {"plan made", {}, "plan"},
                                    {"", Gate::plan, "approve plan --as NAME"},
                                    {"S-03", {}, "plan apply --yes"},
                                    {"S-04", {}, "owners --fallback EMAIL"},
                                    {"", Gate::owners, "approve owners --as NAME"},
                                    {"S-05", {}, "preflight"},
                                    {"S-06", {}, "sample"},
                                    {"", Gate::sample, "approve sample --as NAME"},
                                    {"S-07", {}, "run"},
                                    {"S-09", {}, "reconcile"},
                                    {"S-11", {}, "report"}}};

bool is_taken(const Step& step, const Standing& standing) {
  if (step.gate) {
    for (const GateState& state : standing.gates)
      if (state.gate == *step.gate) return state.kind == GateState::Kind::approved;
    return false;
  }
  if (step.stage == "plan made") return standing.has_plan;
  for (const store::Stage& stage : standing.stages)
    if (stage.id == step.stage) return stage.state == StageState::done;
  return false;
}

}  // namespace

Result<Standing> look(Workspace& workspace) {
  Standing standing;
  for (const engine::StageName& name : engine::stage_names()) {
    FLIT_TRY(stage, engine::stage_on_record(workspace.environment(), name.id));
    standing.stages.push_back(std::move(stage));
  }
  for (const Gate gate : gates) {
    FLIT_TRY(state, state_of(workspace, gate));
    standing.gates.push_back(std::move(state));
  }
  FLIT_TRY(run, engine::stage_on_record(workspace.environment(), "S-07"));
  if (run.state == StageState::done)
    FLIT_TRY_VOID(
        workspace.environment().ledger.read([&](store::sql::Connection& reader) -> Result<void> {
          FLIT_TRY(found, store::predictions(reader));
          standing.predictions = found;
          return {};
        }));
  standing.has_plan = workspace.document(setup_plan, "").has_value();
  return standing;
}

std::string next_of(const Standing& standing) {
  for (const Step& step : way)
    if (!is_taken(step, standing)) return std::string(step.command);
  return {};
}

Result<std::string> next_command(Workspace& workspace) {
  FLIT_TRY(standing, look(workspace));
  return next_of(standing);
}

}  // namespace flit::wiring
