#include "apps/flitstack/load_report.hpp"

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"

namespace flit::app {

void print(Terminal& terminal, const engine::LoadReport& report) {
  terminal.print(fmt::format("{} written, {} failed, {} requests", grouped(report.counts.done),
                             grouped(report.counts.failed), grouped(report.counts.requests)));
  if (report.tables.empty())
    terminal.print(
        "  nothing was written since the rows were counted over there; "
        "`flitstack reconcile` compares each");
  for (const engine::RowCount& table : report.tables)
    terminal.print(fmt::format("  {:<20} {:<14} {:>10} in the ledger {:>10} over there{}",
                               table.phase, table.table, grouped(table.expected),
                               grouped(table.found),
                               table.expected == table.found ? "" : "   DIFFERENT"));
}

}  // namespace flit::app
