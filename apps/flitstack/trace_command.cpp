// `flitstack trace ID`: the whole story of one record, from either side.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "base/time.hpp"
#include "engine/trace.hpp"

namespace flit::app {
namespace {

std::string described(const store::Step& step) {
  const std::string what = fmt::format("{} {}: {} {}", step.stage, step.phase,
                                       model::to_string(step.verb), step.target.table);
  if (!step.settled) return what + ", outcome not known yet";
  if (step.outcome == model::RowOutcome::Kind::done) return what + ", done";
  return fmt::format("{}, {} {}", what, step.code, step.message);
}

void print(Terminal& terminal, const engine::TracedRow& row) {
  const store::Assignment& one = row.assignment;
  terminal.print(fmt::format("{} {} ({})", terminal.bold(one.object), one.source_id, one.role));
  if (row.source_created)
    terminal.print("  at the source since " + format_instant(*row.source_created));
  if (!one.table.empty()) terminal.print(fmt::format("  → {} {}", one.table, one.target_id));
  terminal.print(fmt::format(
      "  outcome {}{}{}", store::to_string(store::outcome_of(one.verdict, one.state)),
      one.reason.empty() ? "" : ", " + one.reason, one.detail.empty() ? "" : ": " + one.detail));
  for (const store::Step& step : row.steps) terminal.print("  " + described(step));
  for (const store::Mismatch& mismatch : row.mismatches)
    terminal.print(
        fmt::format("  {}: {}, {}", mismatch.field, mismatch.verdict, mismatch.explanation));
}

Result<Exit> run(const Invocation& invocation) {
  const std::string id = invocation.arguments.value_or("ID", "");
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(rows, engine::trace(session->workspace().environment(), id));
  if (rows.empty())
    return Error{.fault = Fault::setup,
                 .message = fmt::format("nobody here knows the id {}", id),
                 .where = "trace",
                 .remedy = "Give a source record's id, or a destination row's"};
  invocation.terminal.print_json(engine::trace_json(id, rows));
  for (const engine::TracedRow& row : rows) print(invocation.terminal, row);
  return Exit::done;
}

}  // namespace

Command trace_command() {
  Command command;
  command.name = "trace";
  command.summary = "the story of one record, by its id on either side";
  command.teaching =
      "From a source record to the rows that it became and back: where it was routed and why, "
      "every\n"
      "write that was meant and what came of it, what the reconciliation found.";
  command.options = {
      {"ID", "ID", "A source record's id, or a destination row's.", Option::Kind::value, true}};
  command.run = run;
  return command;
}

}  // namespace flit::app
