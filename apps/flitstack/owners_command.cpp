// `flitstack owners`: S-04, whose records belong to whom over there.

#include <map>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/owners.hpp"

namespace flit::app {
namespace {

constexpr std::size_t most_shown = 15;

std::string shown_name(const store::OwnerRow& row) {
  if (!row.email.empty()) return row.email;
  return row.source_id.empty() ? "(nobody)" : row.source_id;
}

void print(const engine::OwnerResolution& resolution, Terminal& terminal) {
  std::map<std::string, std::pair<std::size_t, std::uint64_t>> classes;
  for (const store::OwnerRow& row : resolution.rows) {
    ++classes[row.verdict].first;
    classes[row.verdict].second += row.records;
  }
  for (const auto& [verdict, count] : classes)
    terminal.print(fmt::format("  {:<10} {:>4} owners {:>10} records", verdict, count.first,
                               grouped(count.second)));
  std::size_t shown = 0;
  std::size_t others = 0;
  for (const store::OwnerRow& row : resolution.rows) {
    if (row.verdict == "matched" || row.records == 0) continue;
    if (++shown > most_shown) {
      ++others;
      continue;
    }
    terminal.print(fmt::format("    {:<10} {:<36} {:>8} records {}", row.verdict, shown_name(row),
                               grouped(row.records),
                               row.target_id ? "→ fallback owner" : "→ nobody"));
  }
  if (others > 0) terminal.print(fmt::format("    … {} more; all of them with --json", others));
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  const std::string fallback =
      invocation.arguments.value_or("--fallback", workspace.project().fallback_owner.value_or(""));
  FLIT_TRY(outcome, wiring::resolve_owners(workspace, fallback, session->stop()));
  invocation.terminal.print_json(outcome.summary);
  print(outcome.resolution, invocation.terminal);
  if (outcome.end) invocation.terminal.next(typed(invocation, "approve owners --as NAME"));
  return outcome.end;
}

}  // namespace

Command owners_command() {
  Command command;
  command.name = "owners";
  command.summary = "match owners by e-mail, name a fallback (S-04)";
  command.teaching =
      "Every owner that the source's records name is matched to one active user by e-mail "
      "address,\n"
      "letters folded. Who has no match, or an inactive one, is listed; their records go to the\n"
      "fallback owner, or nothing moves.";
  command.options = {
      {"--fallback", "EMAIL", "The user who takes records whose owner has no match."}};
  command.run = run;
  return command;
}

}  // namespace flit::app
