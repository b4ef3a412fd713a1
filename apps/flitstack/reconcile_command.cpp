// `flitstack reconcile`: S-09, every mapped field of every record, and whether the books balance.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/reconcile.hpp"

namespace flit::app {
namespace {

void print(Terminal& terminal, const engine::ReconciliationResult& result) {
  terminal.print(fmt::format("{:<12} {:>9} {:>9} {:>8} {:>8} {:>7} {:>8} {:>7} {:>7}", "", "source",
                             "created", "updated", "matched", "merged", "skipped", "failed",
                             "held"));
  const auto line = [&](const std::string& name, const engine::ObjectBooks& books) {
    terminal.print(fmt::format("{:<12} {:>9} {:>9} {:>8} {:>8} {:>7} {:>8} {:>7} {:>7}{}", name,
                               grouped(books.source), grouped(books.created),
                               grouped(books.updated), grouped(books.matched),
                               grouped(books.merged), grouped(books.skipped), grouped(books.failed),
                               grouped(books.held), books.balanced() ? "" : "  DOES NOT BALANCE"));
  };
  // Records of our own have no books: nobody had them before.
  for (const auto& [object, books] : result.objects)
    if (books.source > 0) line(object, books);
  line("all", result.total);
  const std::uint64_t mismatches = result.total.compared.mismatches();
  terminal.print(fmt::format("\n{} links; {} fields compared, {} mismatch{}",
                             grouped(result.total.links), grouped(result.total.compared.fields),
                             grouped(mismatches), mismatches == 1 ? "" : "es"));
  for (const auto& [name, table] : result.tables) {
    const std::int64_t unexplained = table.unexplained();
    if (unexplained != 0)
      terminal.print(fmt::format("  {}: {} rows more than before, ours and their companions", name,
                                 unexplained));
  }
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(sample, count_given(invocation, "--sample", 0));
  FLIT_TRY(outcome, wiring::reconcile(session->workspace(), sample, session->stop()));
  invocation.terminal.print_json(outcome.summary);
  print(invocation.terminal, outcome.result);
  invocation.terminal.next(typed(invocation, "report"));
  return outcome.end;
}

}  // namespace

Command reconcile_command() {
  Command command;
  command.name = "reconcile";
  command.summary = "read every row back, compare every field, balance the books (S-09)";
  command.teaching =
      "Every source record must have exactly one outcome, and every mapped field of every row "
      "must\n"
      "read back as it was written. What people changed since is named as theirs.";
  command.options = {{"--sample", "N", "Compare about N records instead of all."}};
  command.run = run;
  return command;
}

}  // namespace flit::app
