#include "apps/wiring/reporting.hpp"

#include "engine/inventory.hpp"
#include "model/facts_json.hpp"
#include "reports/scope.hpp"

namespace flit::wiring {
namespace {

/// What the inputs of a report point to.
struct Gathered {
  model::Schema source;
  model::Schema destination;
  model::SourceFacts source_facts;
  model::DestinationFacts destination_facts;
  model::MapDocument map;
};

Result<Gathered> gather(Workspace& workspace) {
  Gathered gathered;
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(destination, workspace.destination_schema(Columns::existing));
  FLIT_TRY(source_facts, workspace.source_facts());
  FLIT_TRY(facts_text, workspace.document(engine::InventoryNames::destination_facts,
                                          "Run `flitstack inventory` first."));
  FLIT_TRY(facts, model::destination_facts_of_json(facts_text));
  if (auto map = workspace.map()) gathered.map = std::move(*map);
  gathered.source = std::move(source);
  gathered.destination = std::move(destination);
  gathered.source_facts = std::move(source_facts);
  gathered.destination_facts = std::move(facts);
  return gathered;
}

reports::ReportInputs inputs_of(Workspace& workspace, const Gathered& gathered) {
  return {
      workspace.environment(), workspace.path(),           gathered.source, gathered.destination,
      gathered.source_facts,   gathered.destination_facts, gathered.map};
}

}  // namespace

Result<std::filesystem::path> write_scope(Workspace& workspace) {
  FLIT_TRY(gathered, gather(workspace));
  std::error_code failed;  // writing the file says why there is no folder
  std::filesystem::create_directories(workspace.out_folder(), failed);
  const std::filesystem::path file = workspace.out_folder() / "scope.html";
  FLIT_TRY_VOID(reports::write_scope(inputs_of(workspace, gathered), file));
  return file;
}

Result<reports::Handover> write_handover(Workspace& workspace) {
  FLIT_TRY(gathered, gather(workspace));
  return reports::write_handover(inputs_of(workspace, gathered),
                                 workspace.out_folder() / "handover");
}

}  // namespace flit::wiring
