// `flitstack run`: S-07, everything, in the order of dependencies.

#include "apps/flitstack/load_report.hpp"
#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/load.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::move_everything(session->workspace(), session->stop()));
  invocation.terminal.print_json(outcome.summary);
  print(invocation.terminal, outcome.report);
  invocation.terminal.next(typed(invocation, "reconcile"));
  return outcome.end;
}

}  // namespace

Command run_command() {
  Command command;
  command.name = "run";
  command.summary = "move everything, in the order of dependencies (S-07)";
  command.teaching =
      "Loads phase by phase, parents before children, as fast as the platform's limits allow; "
      "then\n"
      "the references that had to wait, the links, and closed states last. After each phase the\n"
      "rows are counted over there. Stopped or killed, the same command goes on where it was, and\n"
      "nothing is written twice.";
  command.run = run;
  return command;
}

}  // namespace flit::app
