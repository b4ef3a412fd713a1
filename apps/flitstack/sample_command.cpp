// `flitstack sample`: S-06, some hundred records and all they depend on, moved first.

#include <fmt/format.h>

#include "apps/flitstack/load_report.hpp"
#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/load.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(size, count_given(invocation, "--size", workspace.project().sample_size));
  FLIT_TRY(outcome, wiring::move_sample(workspace, size, session->stop()));
  const engine::Sample& sample = outcome.sample;
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print(fmt::format("{} records were chosen for {} of {} risks, with {} links",
                             grouped(sample.records), sample.covered, sample.risks,
                             grouped(sample.links)));
  for (const auto& [object, records] : sample.by_object)
    terminal.print(fmt::format("  {:<14} {:>6}", object, grouped(records)));
  print(terminal, outcome.report);
  terminal.next(typed(invocation, "diff"));
  return outcome.end;
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
