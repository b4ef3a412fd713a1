// `flitstack run`: S-07, everything, in the order of dependencies.

#include <array>

#include <fmt/format.h>

#include "apps/flitstack/load_report.hpp"
#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/approvals.hpp"
#include "engine/destination_digest.hpp"

namespace flit::app {
namespace {

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners,
                              engine::Gate::sample};
  FLIT_TRY_VOID(wiring::require_gates(workspace, needed));
  FLIT_TRY_VOID(require_done(*session, "S-05", "preflight"));
  FLIT_TRY(migration, workspace.migration(wiring::Columns::existing));
  const wiring::LoadOptions& load = workspace.project().load;
  engine::LoadReport report;
  FLIT_TRY(summary, on_record(*session, "S-07", [&]() -> Result<std::string> {
             FLIT_TRY_VOID(engine::remember_before(*migration, load.lanes, session->stop()));
             engine::Loader loader(*migration, {.lanes = load.lanes, .rows = load.rows});
             FLIT_TRY(loaded, loader.run(session->stop()));
             report = std::move(loaded);
             json::Writer out;
             out.begin_object();
             append(out, report);
             out.end_object();
             return out.take();
           }));
  invocation.terminal.print_json(summary);
  print(invocation.terminal, report);
  invocation.terminal.next(typed(invocation, "reconcile"));
  return report.counts.failed > 0 ? Exit::finished_with_failures : Exit::done;
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
