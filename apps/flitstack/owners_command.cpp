// `flitstack owners`: S-04, whose records belong to whom over there.

#include <map>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "base/json_writer.hpp"
#include "engine/owner_stage.hpp"

namespace flit::app {
namespace {

void write_owners(json::Writer& out, const engine::OwnerResolution& resolution) {
  out.begin_object().member("unresolved", resolution.unresolved).key("owners").begin_array();
  for (const store::OwnerRow& row : resolution.rows) {
    out.begin_object().member("source_id", row.source_id).member("email", row.email);
    out.member("name", row.name).member("verdict", row.verdict);
    out.member("target_id", row.target_id.value_or("")).member("fallback", row.fallback);
    out.member("records", row.records).end_object();
  }
  out.end_array().end_object();
}

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
  FLIT_TRY(destination, workspace.destination());
  FLIT_TRY(map, workspace.map());
  engine::OwnerResolution resolution;
  json::Writer summary_writer;
  FLIT_TRY(summary, on_record(*session, "S-04", [&]() -> Result<std::string> {
             FLIT_TRY(resolved,
                      engine::resolve_owners_of({workspace.environment(), map,
                                                 destination->faces().owners, destination->pacer()},
                                                fallback, session->stop()));
             resolution = std::move(resolved);
             write_owners(summary_writer, resolution);
             return summary_writer.take();
           }));
  invocation.terminal.print_json(summary);
  print(resolution, invocation.terminal);
  if (resolution.unresolved > 0) {
    return Error{.fault = Fault::setup,
                 .message = fmt::format("{} records would have no owner over there",
                                        grouped(resolution.unresolved)),
                 .where = "owners",
                 .remedy = "Name who takes them: flitstack owners --fallback EMAIL",
                 .code = "findings_block"};
  }
  invocation.terminal.next(typed(invocation, "approve owners --as NAME"));
  return Exit::done;
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
