#include "apps/wiring/checks.hpp"

#include "apps/wiring/setup.hpp"
#include "engine/inventory.hpp"
#include "model/facts_json.hpp"

namespace flit::wiring {

Result<std::vector<engine::CheckResult>> run_checks(Workspace& workspace,
                                                    const engine::Migration& migration,
                                                    std::stop_token stop) {
  FLIT_TRY(source_schema, workspace.source_schema());
  FLIT_TRY(source_facts, workspace.source_facts());
  FLIT_TRY(facts_text, workspace.document(engine::InventoryNames::destination_facts,
                                          "Run `flitstack inventory` first."));
  FLIT_TRY(destination_facts, model::destination_facts_of_json(facts_text));
  FLIT_TRY(plan, plan_setup(workspace));
  FLIT_TRY(source, workspace.source());
  return engine::run_checks({.environment = workspace.environment(),
                             .path = workspace.path(),
                             .source_schema = source_schema,
                             .source = source_facts,
                             .destination = destination_facts,
                             .plan = &plan,
                             .files = &source->files(),
                             .writer = &migration.destination.writer},
                            stop);
}

}  // namespace flit::wiring
