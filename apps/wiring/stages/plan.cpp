#include "apps/wiring/stages/plan.hpp"

#include <array>

#include <fmt/format.h>

#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/map.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"

namespace flit::wiring {
namespace {

std::string summary_of(const ApplyOutcome& outcome) {
  json::Writer out;
  out.begin_object().member("made", outcome.counts.made).member("there", outcome.counts.there);
  out.key("missing").begin_array();
  for (const std::string& one : outcome.missing) out.string(one);
  out.end_array().end_object();
  return out.take();
}

/// Makes what the plan wants, and looks again.
Result<void> make(Workspace& workspace, const engine::SetupPlan& plan, ApplyOutcome& outcome,
                  std::stop_token stop) {
  FLIT_TRY(destination, workspace.destination());
  engine::SchemaSetup setup(workspace.environment(), destination->faces().schema_writer,
                            destination->pacer());
  FLIT_TRY(applied, setup.apply(plan, stop));
  outcome.counts = applied;
  FLIT_TRY(now, plan_anew(workspace, stop));
  FLIT_TRY_VOID(keep_plan(workspace, now));
  outcome.missing = engine::not_there(now);
  return {};
}

}  // namespace

Result<PlanOutcome> make_plan(Workspace& workspace, std::stop_token stop) {
  PlanOutcome outcome;
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  FLIT_TRY(plan, plan_anew(workspace, stop));
  FLIT_TRY_VOID(keep_plan(workspace, plan));
  if (const auto clear = require_no_problems(plan); !clear) {
    outcome.end = Error(clear.error());
  } else {  // a column that nothing can be written to is better found before it is made
    FLIT_TRY(review, review_map(workspace, plan));
    outcome.end = verdict_of(review);
  }
  outcome.plan = std::move(plan);
  return outcome;
}

Result<ApplyOutcome> apply_plan(Workspace& workspace, std::stop_token stop) {
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan};
  FLIT_TRY_VOID(require_gates(workspace, needed));
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  FLIT_TRY(plan, plan_anew(workspace, stop));
  FLIT_TRY_VOID(require_no_problems(plan));
  FLIT_TRY_VOID(keep_plan(workspace, plan));
  FLIT_TRY_VOID(require_gates(workspace, needed));  // of what it has become
  ApplyOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-03", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(make(workspace, plan, outcome, stop));
             return summary_of(outcome);
           }));
  outcome.summary = std::move(summary);
  if (!outcome.missing.empty())
    outcome.end = Error{
        .fault = Fault::permanent,
        .message = fmt::format("{} is not there although it was made", outcome.missing.front()),
        .where = "plan",
        .remedy = "Run `flitstack plan apply --yes` again",
        .code = "findings_block"};
  return outcome;
}

}  // namespace flit::wiring
