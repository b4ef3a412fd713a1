// `flitstack sample`: S-06, some hundred records and all they depend on, moved first.

#include <array>

#include <fmt/format.h>

#include "apps/flitstack/load_report.hpp"
#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/approvals.hpp"
#include "engine/destination_digest.hpp"
#include "engine/sample.hpp"

namespace flit::app {
namespace {

void append_choice(json::Writer& out, const engine::Sample& sample) {
  out.member("records", sample.records).member("links", sample.links);
  out.member("placeholders", sample.placeholders).member("own", sample.own);
  out.member("risks", sample.risks).member("covered", sample.covered);
  out.key("objects").begin_object();
  for (const auto& [object, records] : sample.by_object) out.member(object, records);
  out.end_object();
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(size, count_given(invocation, "--size", workspace.project().sample_size));
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners};
  FLIT_TRY_VOID(wiring::require_gates(workspace, needed));
  FLIT_TRY_VOID(require_done(*session, "S-05", "preflight"));
  FLIT_TRY(migration, workspace.migration(wiring::Columns::existing));
  engine::Sample sample;
  engine::LoadReport report;
  const int lanes = workspace.project().load.lanes;
  FLIT_TRY_VOID(workspace.put_document(wiring::sample_document, wiring::not_shown));
  FLIT_TRY(summary, on_record(*session, "S-06", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(engine::remember_before(*migration, lanes, session->stop()));
             FLIT_TRY(chosen, engine::Sampling(*migration).choose({.size = size}, session->stop()));
             sample = std::move(chosen);
             FLIT_TRY(loaded, engine::Loader(*migration, {.lanes = lanes,
                                                          .rows = workspace.project().load.rows,
                                                          .only_sampled = true,
                                                          .stage = "S-06"})
                                  .run(session->stop()));
             report = std::move(loaded);
             json::Writer out;
             out.begin_object().key("sample").begin_object();
             append_choice(out, sample);
             out.end_object();
             append(out, report);
             out.end_object();
             return out.take();
           }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print(fmt::format("{} records were chosen for {} of {} risks, with {} links",
                             grouped(sample.records), sample.covered, sample.risks,
                             grouped(sample.links)));
  for (const auto& [object, records] : sample.by_object)
    terminal.print(fmt::format("  {:<14} {:>6}", object, grouped(records)));
  print(terminal, report);
  terminal.next(typed(invocation, "diff"));
  return report.counts.failed > 0 ? Exit::finished_with_failures : Exit::done;
}

}  // namespace

Command sample_command() {
  Command command;
  command.name = "sample";
  command.summary = "move some hundred records, chosen for risk (S-06)";
  command.teaching =
      "Chooses records so that every route, choice value, owner class and state is among them, "
      "the\n"
      "longest texts, the oldest dates, the deepest hierarchy, and everything these depend on; "
      "moves\n"
      "them for real. `diff` then shows them field by field; `approve sample` unlocks `run`.";
  command.options = {{"--size", "N", "How many records (default: sample_size of flitstack.yaml)."}};
  command.run = run;
  return command;
}

}  // namespace flit::app
