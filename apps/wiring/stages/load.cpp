#include "apps/wiring/stages/load.hpp"

#include <array>

#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"
#include "engine/destination_digest.hpp"

namespace flit::wiring {
namespace {

void append(json::Writer& out, const engine::Sample& sample) {
  out.key("sample").begin_object();
  out.member("records", sample.records).member("links", sample.links);
  out.member("placeholders", sample.placeholders).member("own", sample.own);
  out.member("risks", sample.risks).member("covered", sample.covered);
  out.key("objects").begin_object();
  for (const auto& [object, records] : sample.by_object) out.member(object, records);
  out.end_object().end_object();
}

void append(json::Writer& out, const engine::LoadReport& report) {
  out.member("done", report.counts.done).member("failed", report.counts.failed);
  out.member("requests", report.counts.requests).key("tables").begin_array();
  for (const engine::RowCount& table : report.tables) {
    out.begin_object().member("phase", table.phase).member("table", table.table);
    out.member("expected", table.expected).member("found", table.found).end_object();
  }
  out.end_array();
}

/// Records that failed are in the ledger: those of a process that died before this one too, and
/// those that the preflight kept from being sent because they would have failed.
Result<Exit> end_of(Workspace& workspace, const engine::LoadReport& report, bool only_sampled) {
  bool failed = report.counts.failed > 0;
  const engine::Environment& environment = workspace.environment();
  const store::AssignmentFilter tried{.state = store::State::failed, .only_sampled = only_sampled};
  const store::AssignmentFilter kept{.verdict = store::Verdict::fail, .only_sampled = only_sampled};
  for (const store::AssignmentFilter& filter : {tried, kept})
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.assignments.scan(reader, filter, 0, 1,
                                                [&](const store::Assignment&) -> Result<void> {
                                                  failed = true;
                                                  return {};
                                                });
    }));
  return failed ? Exit::finished_with_failures : Exit::done;
}

}  // namespace

Result<SampleOutcome> move_sample(Workspace& workspace, std::uint64_t size, std::stop_token stop) {
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners};
  FLIT_TRY_VOID(require_gates(workspace, needed));
  FLIT_TRY_VOID(require_done(workspace, "S-05", "preflight"));
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  FLIT_TRY_VOID(require_setup(workspace, stop));
  FLIT_TRY(migration, workspace.migration(Columns::existing));
  const LoadOptions& load = workspace.project().load;
  SampleOutcome outcome;
  FLIT_TRY_VOID(workspace.put_document(sample_document, not_shown));
  FLIT_TRY(summary, on_record(workspace, "S-06", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(engine::remember_before(*migration, load.lanes, stop));
             FLIT_TRY(chosen, engine::Sampling(*migration).choose({.size = size}, stop));
             outcome.sample = std::move(chosen);
             FLIT_TRY(loaded, engine::Loader(*migration, {.lanes = load.lanes,
                                                          .rows = load.rows,
                                                          .only_sampled = true,
                                                          .stage = "S-06"})
                                  .run(stop));
             outcome.report = std::move(loaded);
             json::Writer out;
             out.begin_object();
             append(out, outcome.sample);
             append(out, outcome.report);
             out.end_object();
             return out.take();
           }));
  outcome.summary = std::move(summary);
  outcome.end = end_of(workspace, outcome.report, true);
  return outcome;
}

Result<RunOutcome> move_everything(Workspace& workspace, std::stop_token stop) {
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners,
                              engine::Gate::sample};
  FLIT_TRY_VOID(require_gates(workspace, needed));
  FLIT_TRY_VOID(require_done(workspace, "S-05", "preflight"));
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  FLIT_TRY_VOID(require_setup(workspace, stop));
  FLIT_TRY(migration, workspace.migration(Columns::existing));
  const LoadOptions& load = workspace.project().load;
  RunOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-07", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(engine::remember_before(*migration, load.lanes, stop));
             engine::Loader loader(*migration, {.lanes = load.lanes, .rows = load.rows});
             FLIT_TRY(loaded, loader.run(stop));
             outcome.report = std::move(loaded);
             json::Writer out;
             out.begin_object();
             append(out, outcome.report);
             out.end_object();
             return out.take();
           }));
  outcome.summary = std::move(summary);
  outcome.end = end_of(workspace, outcome.report, false);
  return outcome;
}

}  // namespace flit::wiring
