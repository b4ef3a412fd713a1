// `flitstack preflight`: S-05, what would fail and why, for every record, before anything is sent.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/approvals.hpp"
#include "apps/wiring/checks.hpp"
#include "base/json_writer.hpp"
#include "engine/preflight.hpp"

namespace flit::app {
namespace {

/// What became of records by reason: those that will not be written, with their ids.
struct Predicted {
  store::Verdict verdict;
  std::uint64_t count = 0;
  std::vector<std::string> ids{};  ///< the first of them
};
using Predictions = std::map<std::pair<std::string, std::string>, Predicted>;  ///< object, reason

constexpr std::size_t most_ids = 1000;

Result<Predictions> predictions(wiring::Workspace& workspace, store::Verdict verdict) {
  Predictions found;
  engine::Environment& environment = workspace.environment();
  std::int64_t after = 0;
  for (bool more = true; more;) {
    more = false;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.assignments.scan(
          reader, {.verdict = verdict}, after, 2000,
          [&](const store::Assignment& one) -> Result<void> {
            more = true;
            after = one.id;
            Predicted& predicted = found[{one.object, one.reason}];
            predicted.verdict = verdict;
            ++predicted.count;
            if (predicted.ids.size() < most_ids) predicted.ids.push_back(one.source_id);
            return {};
          });
    }));
  }
  return found;
}

void write(json::Writer& out, const char* name, const Predictions& found) {
  out.key(name).begin_array();
  for (const auto& [key, predicted] : found) {
    out.begin_object().member("object", key.first).member("reason", key.second);
    out.member("records", predicted.count).key("ids").begin_array();
    for (const std::string& id : predicted.ids) out.string(id);
    out.end_array().end_object();
  }
  out.end_array();
}

void print(Terminal& terminal, std::string_view title, const Predictions& found) {
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

std::size_t blocking(const std::vector<engine::CheckResult>& checks) {
  return static_cast<std::size_t>(
      std::count_if(checks.begin(), checks.end(), [](const engine::CheckResult& check) {
        return check.verdict == engine::CheckVerdict::blocker;
      }));
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners};
  FLIT_TRY_VOID(wiring::require_gates(workspace, needed));
  FLIT_TRY(migration, workspace.migration(wiring::Columns::existing));
  engine::Preflight::Counts counts;
  Predictions fail;
  Predictions hold;
  Predictions skip;
  std::vector<engine::CheckResult> checks;
  FLIT_TRY(summary, on_record(*session, "S-05", [&]() -> Result<std::string> {
             engine::Preflight preflight(*migration);
             FLIT_TRY(checked, preflight.run(session->stop()));
             counts = checked;
             FLIT_TRY(checked_gotchas, wiring::run_checks(workspace, *migration, session->stop()));
             checks = std::move(checked_gotchas);
             FLIT_TRY(failing, predictions(workspace, store::Verdict::fail));
             FLIT_TRY(held, predictions(workspace, store::Verdict::hold));
             FLIT_TRY(skipped, predictions(workspace, store::Verdict::skip));
             fail = std::move(failing);
             hold = std::move(held);
             skip = std::move(skipped);
             FLIT_TRY(found, findings_of(*session, "S-05"));
             json::Writer out;
             out.begin_object().member("records", counts.routed);
             out.member("checked", counts.assessed.checked);
             out.member("would_fail", counts.assessed.would_fail);
             out.member("flagged", counts.assessed.flagged).member("links", counts.assessed.links);
             write(out, "failures", fail);
             write(out, "held", hold);
             write(out, "skipped", skip);
             write_findings(out, found);
             out.key("checks").raw(engine::checks_json(checks)).end_object();
             return out.take();
           }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print(fmt::format(
      "{} records have a verdict; {} were made into rows and checked: {} would "
      "fail, {} are flagged; {} links",
      grouped(counts.routed), grouped(counts.assessed.checked), grouped(counts.assessed.would_fail),
      grouped(counts.assessed.flagged), grouped(counts.assessed.links)));
  print(terminal, "would fail", fail);
  print(terminal, "held for a person or a later version", hold);
  print(terminal, "skipped by rule", skip);
  print(terminal, checks);
  FLIT_TRY(found, print_findings(*session, terminal, "S-05"));
  const std::size_t blocks = found + blocking(checks);
  if (blocks > 0) {
    terminal.next(typed(invocation, "preflight"));
    return Exit::findings_block;
  }
  terminal.next(typed(invocation, "sample"));
  return Exit::done;
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
