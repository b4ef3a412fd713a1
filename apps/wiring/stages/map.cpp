#include "apps/wiring/stages/map.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "automap/adapt.hpp"
#include "automap/propose.hpp"
#include "automap/shipped.hpp"
#include "engine/setup_plan.hpp"
#include "mapping/document.hpp"

namespace flit::wiring {
namespace {

bool has_map(Workspace& workspace) {
  std::error_code ignored;
  return std::filesystem::exists(workspace.map_folder(), ignored) &&
         !std::filesystem::is_empty(workspace.map_folder(), ignored);
}

/// What the path knows, and what the proposer makes of the rest.
automap::MapDraft draft(const packs::PathPack& path, const model::Schema& source,
                        const model::Schema& destination) {
  const automap::Proposal proposal =
      automap::propose(automap::adapt(source), automap::adapt(destination),
                       automap::shipped_lexicon(), automap::shipped_model());
  model::MapDocument known{.path = path.path, .objects = {}};
  for (const mapping::ObjectFile& object : path.objects)
    known.objects.push_back(mapping::object_map(object));
  std::vector<automap::KnownColumn> columns;
  for (const packs::CustomColumn& column : path.columns)
    columns.push_back({column.tables, column.name});
  return automap::to_map({.proposal = proposal,
                          .source = source,
                          .destination = destination,
                          .path = path.path,
                          .known = &known,
                          .known_columns = std::move(columns),
                          .only_known_objects = true,
                          .accept = automap::Options{}.ready});
}

}  // namespace

Result<engine::MapReview> review_map(Workspace& workspace) {
  FLIT_TRY(map, workspace.map());
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(existing, workspace.destination_schema(Columns::existing));
  FLIT_TRY(locale, workspace.locale());
  FLIT_TRY(plan, plan_setup(workspace));
  const model::Schema destination = engine::with_plan(existing, plan);
  return engine::review_map({map, source, destination, locale});
}

Result<Exit> verdict_of(const engine::MapReview& review) {
  if (review.problems.empty()) return Exit::done;
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} lines of the map cannot work", review.problems.size()),
               .where = review.problems.front().where,
               .remedy = "Correct them and run `flitstack map check`",
               .code = "findings_block"};
}

Result<ProposeOutcome> propose_map(Workspace& workspace, const ProposeOptions& options) {
  if (has_map(workspace) && !options.force)
    return Error{.fault = Fault::setup,
                 .message = "there is a map already, and people may have edited it",
                 .where = workspace.map_folder().string(),
                 .remedy = "Edit it, or replace it with --force"};
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(destination, workspace.destination_schema(Columns::existing));
  ProposeOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-02", [&]() -> Result<std::string> {
             outcome.draft = draft(workspace.path(), source, destination);
             FLIT_TRY_VOID(mapping::write_map(outcome.draft.map, workspace.map_folder()));
             FLIT_TRY(reviewed, review_map(workspace));
             outcome.review = std::move(reviewed);
             return engine::to_json(outcome.review);
           }));
  outcome.summary = std::move(summary);
  outcome.end = verdict_of(outcome.review);
  return outcome;
}

Result<ApproveOutcome> approve(Workspace& workspace, engine::Gate gate,
                               const engine::Approver& approver) {
  FLIT_TRY(parts, parts_of(workspace, gate));
  FLIT_TRY_VOID(engine::approve(workspace.environment(), gate, approver, parts));
  std::string fingerprint = engine::fingerprint_of(parts);
  return ApproveOutcome{std::move(parts), std::move(fingerprint)};
}

Result<ApproveOutcome> confirm_map(Workspace& workspace, const engine::Approver& approver) {
  FLIT_TRY(review, review_map(workspace));
  FLIT_TRY(usable, verdict_of(review));
  static_cast<void>(usable);
  return approve(workspace, engine::Gate::map, approver);
}

}  // namespace flit::wiring
