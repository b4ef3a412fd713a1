// `flitstack diff`: the sample, field by field, source value beside what is over there.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/difference.hpp"

namespace flit::app {
namespace {

void print(Terminal& terminal, const engine::DifferenceCounts& counts) {
  terminal.print(
      fmt::format("{} rows, {} fields", grouped(counts.records), grouped(counts.fields)));
  for (std::size_t i = 0; i < engine::cell_verdicts; ++i) {
    const auto verdict = static_cast<engine::CellVerdict>(i);
    if (counts.of(verdict) > 0)
      terminal.print(
          fmt::format("  {:<10} {:>9}", engine::to_string(verdict), grouped(counts.of(verdict))));
  }
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::show_difference(session->workspace(), session->stop()));
  invocation.terminal.print_json(outcome.document);
  print(invocation.terminal, outcome.counts);
  invocation.terminal.print("the page to look at: " + outcome.page.string());
  invocation.terminal.next(typed(invocation, "approve sample --as NAME"));
  return outcome.end;
}

}  // namespace

Command diff_command() {
  Command command;
  command.name = "diff";
  command.summary = "the sample field by field: source, expected, read back (S-06)";
  command.teaching =
      "Reads the sample back and lays every field beside what the source has and what the map made "
      "of\n"
      "it, with a verdict and an explanation; as a page in out/diff.html and as JSON.";
  command.run = run;
  return command;
}

}  // namespace flit::app
