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

Error stands_in_the_way(const engine::SetupPlan& plan) {
  const engine::SetupProblem& first = plan.problems.front();
  return {.fault = Fault::setup,
          .message = fmt::format("{} things stand in the plan's way; the first: {}",
                                 plan.problems.size(), first.message),
          .where = first.where,
          .remedy = first.remedy,
          .code = "findings_block"};
}

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
  outcome.counts.made += applied.made;
  outcome.counts.there = applied.there;
  FLIT_TRY(missing, verify_setup(workspace, stop));
  outcome.missing = std::move(missing);
  return {};
}

}  // namespace

Result<PlanOutcome> make_plan(Workspace& workspace) {
  PlanOutcome outcome;
  FLIT_TRY(plan, plan_setup(workspace));
  FLIT_TRY_VOID(keep_plan(workspace, plan));
  if (!plan.problems.empty()) {
    outcome.end = stands_in_the_way(plan);
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
  FLIT_TRY(plan, plan_setup(workspace));
  if (!plan.problems.empty()) return stands_in_the_way(plan);
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  ApplyOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-03", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(make(workspace, plan, outcome, stop));
             if (!outcome.missing.empty()) {  // what was there when it was last looked at is gone
               FLIT_TRY(again, plan_setup(workspace));
               FLIT_TRY_VOID(make(workspace, again, outcome, stop));
             }
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
