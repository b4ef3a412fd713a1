// `flitstack preflight`: S-05, what would fail and why, for every record, before anything is sent.

#include <algorithm>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/preflight.hpp"
#include "apps/wiring/standing.hpp"

namespace flit::app {
namespace {

void print(Terminal& terminal, std::string_view title, const wiring::Predictions& found) {
  if (found.empty()) return;
  terminal.print(fmt::format("\n{}:", title));
  for (const auto& [key, predicted] : found) {
    std::string ids;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, predicted.ids.size()); ++i)
      ids += (i > 0 ? ", " : "") + predicted.ids[i];
    terminal.print(fmt::format("  {:>7}  {:<12} {:<24} {}{}", grouped(predicted.count), key.first,
                               key.second, ids, predicted.count > 5 ? ", …" : ""));
  }
}

void print(Terminal& terminal, const std::vector<engine::CheckResult>& checks) {
  terminal.print("\nchecks:");
  for (const engine::CheckResult& check : checks) {
    terminal.print(fmt::format("  {:<11} {:<8} {}: {}", check.id, engine::to_string(check.verdict),
                               check.title, check.found));
    if (check.verdict == engine::CheckVerdict::blocker && !check.remedy.empty())
      terminal.print("                       " + check.remedy);
  }
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::look_ahead(session->workspace(), session->stop()));
  const engine::Preflight::Counts& counts = outcome.counts;
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print(fmt::format(
      "{} records have a verdict; {} were made into rows and checked: {} would "
      "fail, {} are flagged; {} links",
      grouped(counts.routed), grouped(counts.assessed.checked), grouped(counts.assessed.would_fail),
      grouped(counts.assessed.flagged), grouped(counts.assessed.links)));
  if (counts.assessed.also > 0)
    terminal.print(fmt::format("{} rows beside theirs that records speak of; {} would fail",
                               grouped(counts.assessed.also), grouped(counts.assessed.also_fail)));
  print(terminal, "would fail", outcome.fail);
  print(terminal, "held for a person or a later version", outcome.hold);
  print(terminal, "skipped by rule", outcome.skip);
  print(terminal, outcome.checks);
  print_findings(terminal, outcome.findings);
  FLIT_TRY(next, wiring::next_command(session->workspace()));
  terminal.next(typed(invocation, outcome.end == Exit::done ? next : "preflight"));
  return outcome.end;
}

}  // namespace

Command preflight_command() {
  Command command;
  command.name = "preflight";
  command.summary = "what would fail and why, for every record, before anything is sent (S-05)";
  command.teaching =
      "Makes every record into its row and checks it against the destination: types, lengths,\n"
      "ranges, choices, required columns, references, owners. Runs the checks of the path. Sends\n"
      "nothing. Blockers stop what comes behind; everything else is listed and on record.";
  command.run = run;
  return command;
}

}  // namespace flit::app
