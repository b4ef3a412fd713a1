// `flitstack inventory`: S-01, what both ends are and hold.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/inventory.hpp"
#include "apps/wiring/standing.hpp"
#include "model/facts_json.hpp"

namespace flit::app {
namespace {

void print(const wiring::InventoryOutcome& outcome, Terminal& terminal) {
  const engine::InventoryResult& taken = outcome.taken;
  terminal.print(fmt::format("{} {} ({}, {}, {})", terminal.bold("source"), taken.source.account,
                             taken.source.edition, taken.source.time_zone, taken.source.currency));
  for (const wiring::ObjectCount& one : outcome.counts)
    terminal.print(fmt::format("  {:<16} {:>10} records {:>5} fields", one.object,
                               grouped(one.records), one.fields));
  for (const model::Reach& reach : taken.source.reach)
    if (reach.verdict != model::Reach::Verdict::ok)
      terminal.print(fmt::format("  {}: {}{}", reach.endpoint, model::to_string(reach.verdict),
                                 reach.detail.empty() ? "" : ", " + reach.detail));
  terminal.print(fmt::format("{} {} ({}), {} users, {} tables looked at",
                             terminal.bold("destination"), taken.destination.organization,
                             taken.destination.edition, grouped(taken.destination.users),
                             taken.destination_schema.objects.size()));
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::take_inventory(session->workspace(),
                                           invocation.arguments.has("--again"), session->stop()));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  print(outcome, terminal);
  print_findings(terminal, outcome.findings);
  terminal.print("the scope document: " + outcome.scope.string());
  FLIT_TRY(next, wiring::next_command(session->workspace()));
  terminal.next(typed(invocation, next));
  return outcome.end;
}

}  // namespace

Command inventory_command() {
  Command command;
  command.name = "inventory";
  command.summary = "read the source, look at the destination (S-01)";
  command.teaching =
      "Describes both ends, reads every record of the source into the ledger and reports what it\n"
      "found: objects, counts, fields, what the credentials cannot reach, duplicates, missing and\n"
      "broken values. Reads only. Stopped, it goes on where it stopped; --again reads everything\n"
      "once more.";
  command.options = {{"--again", "", "Read again what was read before, and take over what changed.",
                      Option::Kind::flag}};
  command.run = run;
  return command;
}

}  // namespace flit::app
