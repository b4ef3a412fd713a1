// `flitstack report`: S-11, the package that is handed over.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/reporting.hpp"
#include "base/json_writer.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  reports::Handover handover;
  FLIT_TRY(summary, on_record(*session, "S-11", [&]() -> Result<std::string> {
             FLIT_TRY(written, wiring::write_handover(workspace));
             handover = std::move(written);
             json::Writer out;
             out.begin_object().member("page", handover.page.string()).key("lists").begin_array();
             for (const reports::ListDigest& list : handover.lists)
               out.begin_object()
                   .member("name", list.shape.file)
                   .member("rows", list.total)
                   .end_object();
             out.end_array().end_object();
             return out.take();
           }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print("the handover package: " + handover.page.parent_path().string());
  for (const reports::ListDigest& list : handover.lists)
    terminal.print(fmt::format("  {:<28} {:>9} rows", list.shape.file, grouped(list.total)));
  terminal.next("open " + handover.page.string());
  return Exit::done;
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
