#include "apps/wiring/stages/map.hpp"

#include <filesystem>
#include <map>
#include <string>

#include <fmt/format.h>

#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "apps/wiring/text_file.hpp"
#include "automap/adapt.hpp"
#include "automap/propose.hpp"
#include "automap/shipped.hpp"
#include "base/text.hpp"
#include "engine/field_samples.hpp"
#include "engine/setup_plan.hpp"
#include "mapping/document.hpp"

namespace flit::wiring {
namespace {

using Files = std::map<std::string, std::string>;  ///< text by name

Files files_of(const model::MapDocument& map) {
  Files files;
  for (const model::ObjectMap& object : map.objects)
    files.emplace(object.object + ".yaml", mapping::write_object_map({map.path, object}));
  return files;
}

/// Whether map/ holds anything that `files` does not: somebody's work. What a process that died
/// left of the same files is nobody's.
Result<bool> holds_other_work(const std::filesystem::path& folder, const Files& files) {
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() != ".yaml") continue;
    const auto ours = files.find(entry.path().filename().string());
    if (ours == files.end()) return true;
    FLIT_TRY(text, read_text_file(entry.path()));
    if (text != ours->second) return true;
  }
  return false;
}

/// Not half: a file is written beside and renamed; of the files, those missing come with the next
/// try.
Result<void> write_files(const std::filesystem::path& folder, const Files& files) {
  for (const auto& [name, text] : files) FLIT_TRY_VOID(write_text_file(folder / name, text));
  return {};
}

/// What the path knows, and what the proposer makes of the rest.
automap::MapDraft draft(const packs::PathPack& path, const model::Schema& source,
                        const model::Schema& destination, const engine::FieldSamples& samples) {
  const automap::Proposal proposal =
      automap::propose(automap::adapt(source, samples), automap::adapt(destination),
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
  FLIT_TRY(plan, plan_setup(workspace));
  return review_map(workspace, plan);
}

Result<engine::MapReview> review_map(Workspace& workspace, const engine::SetupPlan& plan) {
  FLIT_TRY(map, workspace.map());
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(existing, workspace.destination_schema(Columns::existing));
  FLIT_TRY(locale, workspace.locale());
  const model::Schema destination = engine::with_plan(existing, plan);
  engine::MapReview review = engine::review_map({map, source, destination, locale});
  for (engine::ReviewProblem& problem : review.problems) {
    if (problem.item.index == mapping::MapItem::none) continue;
    const Position at = mapping::position_of(workspace.map_folder(), problem.item);
    if (at.is_known()) problem.where = at.text() + ", " + problem.where;
  }
  return review;
}

Result<Exit> verdict_of(const engine::MapReview& review) {
  if (review.problems.empty()) return Exit::done;
  const engine::ReviewProblem& first = review.problems.front();
  const std::string hint = first.remedy.empty() ? "" : " (" + first.remedy + ")";
  return Error{.fault = Fault::setup,
               .message = fmt::format("the map cannot work, for {} reason{}; the first: {}{}",
                                      review.problems.size(),
                                      review.problems.size() == 1 ? "" : "s", first.message, hint),
               .where = first.where,
               .remedy = "Correct map/; `flitstack map check` shows all of them",
               .code = "findings_block"};
}

Result<ProposeOutcome> propose_map(Workspace& workspace, const ProposeOptions& options) {
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(destination, workspace.destination_schema(Columns::existing));
  ProposeOutcome outcome;
  FLIT_TRY(samples, engine::sample_fields(workspace.environment(), source));
  outcome.draft = draft(workspace.path(), source, destination, samples);
  const Files files = files_of(outcome.draft.map);
  FLIT_TRY(has_others, holds_other_work(workspace.map_folder(), files));
  if (has_others && !options.force)
    return Error{.fault = Fault::setup,
                 .message = "there is a map already, and people may have edited it",
                 .where = workspace.map_folder().string(),
                 .remedy = "Edit it, or replace it with --force"};
  FLIT_TRY(summary, on_record(workspace, "S-02", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(write_files(workspace.map_folder(), files));
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
  if (text::trim(approver.name).empty())
    return Error{.fault = Fault::setup,
                 .message = "an approval needs somebody who answers for it",
                 .where = "--as",
                 .remedy = "Give the name of a person: --as \"Kim Lund\""};
  if (gate == engine::Gate::map) {
    FLIT_TRY(review, review_map(workspace));
    FLIT_TRY(usable, verdict_of(review));
    static_cast<void>(usable);
  }
  FLIT_TRY(parts, parts_of(workspace, gate));
  FLIT_TRY_VOID(engine::approve(workspace.environment(), gate, approver, parts));
  std::string fingerprint = engine::fingerprint_of(parts);
  return ApproveOutcome{std::move(parts), std::move(fingerprint)};
}

Result<ApproveOutcome> confirm_map(Workspace& workspace, const engine::Approver& approver) {
  return approve(workspace, engine::Gate::map, approver);
}

}  // namespace flit::wiring
