#include "apps/wiring/stages/reconcile.hpp"

#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"
#include "engine/stages.hpp"

namespace flit::wiring {
namespace {

/// Rows that may be compared: the sample's, or those of a run, also of one that was cut short.
Result<void> require_load(Workspace& workspace) {
  FLIT_TRY(sample, engine::stage_on_record(workspace.environment(), "S-06"));
  if (sample.state != store::StageState::open) return {};
  return require_done(workspace, "S-07", "run");
}

}  // namespace

Result<ReconcileOutcome> reconcile(Workspace& workspace, std::uint64_t sample,
                                   std::stop_token stop) {
  FLIT_TRY_VOID(require_load(workspace));
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  FLIT_TRY(migration, workspace.migration(Columns::existing));
  ReconcileOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-09", [&]() -> Result<std::string> {
             engine::Reconciliation reconciliation(
                 *migration, {.lanes = workspace.project().load.lanes, .sample = sample});
             FLIT_TRY(compared, reconciliation.run(stop));
             outcome.result = std::move(compared);
             json::Writer out;
             out.begin_object();
             engine::append(out, outcome.result);
             out.end_object();
             return out.take();
           }));
  outcome.summary = std::move(summary);
  if (!outcome.result.balanced() || outcome.result.total.compared.mismatches() > 0)
    outcome.end = Exit::findings_block;
  return outcome;
}

}  // namespace flit::wiring
