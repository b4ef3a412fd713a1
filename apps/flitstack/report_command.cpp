// `flitstack report`: S-11, the package that is handed over.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/report.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::hand_over(session->workspace()));
  const reports::Handover& handover = outcome.handover;
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print("the handover package: " + handover.page.parent_path().string());
  for (const reports::ListDigest& list : handover.lists)
    terminal.print(fmt::format("  {:<28} {:>9} rows", list.shape.file, grouped(list.total)));
  terminal.next("open " + handover.page.string());
  return outcome.end;
}

}  // namespace

Command report_command() {
  Command command;
  command.name = "report";
  command.summary = "the package that is handed over: pages, lists, workbook (S-11)";
  command.teaching =
      "Writes out/handover: what moved and what did not and why, the reconciliation, owners,\n"
      "duplicates, a data dictionary of every field, the audit, workflow definitions for whoever\n"
      "rebuilds them; as a page, a workbook, CSV and JSON. The same ledger gives the same bytes.";
  command.run = run;
  return command;
}

}  // namespace flit::app
