#include "apps/wiring/setup.hpp"

#include <fmt/format.h>

#include "apps/wiring/text_file.hpp"
#include "engine/inventory.hpp"
#include "engine/profile.hpp"
#include "engine/schema_setup.hpp"
#include "engine/setup_manifest.hpp"
#include "model/facts_json.hpp"
#include "model/schema_json.hpp"
#include "store/notebook.hpp"

namespace flit::wiring {

Result<void> require_same_destination(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(end, workspace.destination());
  const auto facts = end->pacer().call<model::DestinationFacts>(
      engine::Repeat::reads, stop, [&] { return end->faces().schema.facts(stop); });
  if (!facts) return Error(facts.error()).during("asking the destination what it is");
  return engine::same_destination(workspace.environment(), *facts);
}

Result<engine::SetupPlan> plan_setup(Workspace& workspace) {
  FLIT_TRY(map, workspace.map());
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(destination, workspace.destination_schema(Columns::existing));
  FLIT_TRY(facts_text, workspace.document(engine::InventoryNames::destination_facts,
                                          "Run `flitstack inventory` first."));
  FLIT_TRY(facts, model::destination_facts_of_json(facts_text));
  FLIT_TRY(observed, engine::observed_fields(workspace.environment()));
  FLIT_TRY(ours, engine::made_by_us(workspace.environment()));
  FLIT_TRY(end, workspace.destination());
  return engine::plan_setup({.path = workspace.path(),
                             .map = map,
                             .source = source,
                             .observed = observed,
                             .destination = destination,
                             .facts = facts,
                             .ours = std::move(ours),
                             .names = end->names()});
}

Result<void> keep_plan(Workspace& workspace, const engine::SetupPlan& plan) {
  FLIT_TRY(destination, workspace.destination_schema(Columns::existing));
  const std::string manifest = engine::manifest_json(plan);
  FLIT_TRY_VOID(workspace.put_document(setup_plan, manifest));
  FLIT_TRY_VOID(
      workspace.put_document(planned_schema, model::to_json(engine::with_plan(destination, plan))));
  return write_text_file(workspace.out_folder() / "plan.json", manifest);
}

Result<engine::SetupPlan> plan_anew(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(end, workspace.destination());
  FLIT_TRY(fresh, engine::describe_destination(workspace.environment(), end->faces().schema,
                                               end->pacer(), workspace.tables(), stop));
  return plan_setup(workspace);
}

Result<void> require_no_problems(const engine::SetupPlan& plan) {
  if (plan.problems.empty()) return {};
  const engine::SetupProblem& first = plan.problems.front();
  const std::string found = fmt::format("{} {}", first.where, first.message);
  return Error{.fault = Fault::setup,
               .message = plan.problems.size() == 1
                              ? "this stands in the plan's way: " + found
                              : fmt::format("{} things stand in the plan's way; the first: {}",
                                            plan.problems.size(), found),
               .remedy = first.remedy,
               .code = "findings_block"};
}

Result<void> require_setup(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(plan, plan_anew(workspace, stop));
  FLIT_TRY_VOID(require_no_problems(plan));
  const std::vector<std::string> missing = engine::not_there(plan);
  if (missing.empty()) return {};
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} of {} planned things are not there; the first: {}",
                                      missing.size(), plan.changes.size(), missing.front()),
               .remedy = "Run `flitstack plan apply --yes` again",
               .code = "findings_block"};
}

Result<std::uint64_t> revert_setup(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(end, workspace.destination());
  engine::Environment& environment = workspace.environment();
  engine::SchemaSetup setup(environment, end->faces().schema_writer, end->pacer());
  FLIT_TRY(reverted, setup.revert(stop));
  FLIT_TRY(left, plan_anew(workspace, stop));
  FLIT_TRY_VOID(keep_plan(workspace, left));
  FLIT_TRY_VOID(environment.ledger.commit([](store::sql::Connection& transaction) {
    return store::put_stage(transaction, {.id = "S-03"});
  }));
  return reverted;
}

}  // namespace flit::wiring
