#include "apps/flitstack/load_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"

namespace flit::app {

void append(json::Writer& out, const engine::LoadReport& report) {
  out.member("done", report.counts.done).member("failed", report.counts.failed);
  out.member("requests", report.counts.requests).key("tables").begin_array();
  for (const engine::RowCount& table : report.tables) {
    out.begin_object().member("phase", table.phase).member("table", table.table);
    out.member("expected", table.expected).member("found", table.found).end_object();
  }
  out.end_array();
}

void print(Terminal& terminal, const engine::LoadReport& report) {
  terminal.print(fmt::format("{} written, {} failed, {} requests", grouped(report.counts.done),
                             grouped(report.counts.failed), grouped(report.counts.requests)));
  for (const engine::RowCount& table : report.tables)
    terminal.print(fmt::format("  {:<20} {:<14} {:>10} in the ledger {:>10} over there{}",
                               table.phase, table.table, grouped(table.expected),
                               grouped(table.found),
                               table.expected == table.found ? "" : "   DIFFERENT"));
}

bool counts_agree(const engine::LoadReport& report) {
  return std::all_of(report.tables.begin(), report.tables.end(),
                     [](const engine::RowCount& one) { return one.expected == one.found; });
}

}  // namespace flit::app
