#include "apps/wiring/approvals.hpp"

#include <fmt/format.h>

#include "apps/wiring/text_file.hpp"
#include "base/json_reader.hpp"
#include "store/notebook.hpp"

namespace flit::wiring {
namespace {

using engine::fingerprint_of;
using engine::Gate;
using engine::Parts;

Result<void> add_map(Workspace& workspace, Parts& parts) {
  FLIT_TRY(map, workspace.map());  // readable, or the mistakes are shown
  for (const model::ObjectMap& object : map.objects) {
    const std::string name = object.object + ".yaml";
    FLIT_TRY(text, read_text_file(workspace.map_folder() / name));
    parts.emplace("map/" + name, fingerprint_of(text));
  }
  return {};
}

Result<void> add_plan(Workspace& workspace, Parts& parts) {
  FLIT_TRY(manifest, workspace.document(setup_plan, "Run `flitstack plan` first."));
  FLIT_TRY(plan, json::parse(manifest));
  parts.emplace("plan", plan.root()["fingerprint"].string_or(""));
  return {};
}

Result<void> add_owners(Workspace& workspace, Parts& parts) {
  std::string all;
  FLIT_TRY_VOID(
      workspace.environment().ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(rows, store::owners(reader));
        for (const store::OwnerRow& row : rows)
          all += fmt::format("{}\t{}\t{}\t{}\n", row.source_id, row.verdict, row.target_kind,
                             row.target_id.value_or(""));
        return {};
      }));
  if (all.empty())
    return Error{.fault = Fault::setup,
                 .message = "owners have not been resolved yet",
                 .where = workspace.folder().string(),
                 .remedy = "Run `flitstack owners` first."};
  parts.emplace("owners", fingerprint_of(all));
  return {};
}

Result<void> add_sample(Workspace& workspace, Parts& parts) {
  FLIT_TRY(sample, workspace.document(sample_document, "Run `flitstack sample` first."));
  parts.emplace("sample", fingerprint_of(sample));
  if (sample == not_shown)
    return Error{.fault = Fault::setup,
                 .message = "nobody has seen yet what became of the sample",
                 .where = "sample",
                 .remedy = "Run `flitstack diff` and look at its page first"};
  return {};
}

/// As many as there are; an error for what is missing.
Result<void> collect(Workspace& workspace, Gate gate, Parts& parts) {
  switch (gate) {
    case Gate::map:
      FLIT_TRY_VOID(add_map(workspace, parts));
      break;
    case Gate::plan:
      FLIT_TRY_VOID(add_plan(workspace, parts));
      break;
    case Gate::owners:
      FLIT_TRY_VOID(add_owners(workspace, parts));
      break;
    case Gate::sample:  // the sample shows what map, plan and owners made of it
      FLIT_TRY_VOID(add_map(workspace, parts));
      FLIT_TRY_VOID(add_plan(workspace, parts));
      FLIT_TRY_VOID(add_owners(workspace, parts));
      parts.emplace("generation", std::to_string(workspace.environment().ledger.info().generation));
      FLIT_TRY_VOID(add_sample(workspace, parts));
      break;
  }
  return {};
}

}  // namespace

Result<Parts> parts_of(Workspace& workspace, Gate gate) {
  Parts parts;
  FLIT_TRY_VOID(collect(workspace, gate, parts));
  return parts;
}

Result<engine::GateState> state_of(Workspace& workspace, Gate gate) {
  // What is missing is a gate that is open, or an approval of something that is gone.
  Parts parts;
  static_cast<void>(collect(workspace, gate, parts));
  return engine::gate_state(workspace.environment(), gate, parts);
}

Result<void> require_gates(Workspace& workspace, std::span<const Gate> gates) {
  for (const Gate gate : gates) {
    FLIT_TRY(state, state_of(workspace, gate));
    FLIT_TRY_VOID(engine::require(state));
  }
  return {};
}

}  // namespace flit::wiring
