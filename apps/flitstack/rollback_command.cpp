// `flitstack rollback`: S-10, the destination as it was, and the proof of it.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/rollback.hpp"

namespace flit::app {
namespace {

constexpr std::size_t most_shown = 20;

Result<void> print_kept(Session& session, Terminal& terminal) {
  std::size_t shown = 0;
  FLIT_TRY_VOID(engine::visit_kept(
      session.workspace().environment(), [&](const engine::KeptRow& kept) -> Result<void> {
        if (++shown <= most_shown)
          terminal.print(fmt::format("  kept {} {}: {}", kept.row.table, kept.row.id,
                                     kept.detail.empty() ? kept.reason : kept.detail));
        return {};
      }));
  if (shown > most_shown)
    terminal.print(fmt::format("  … {} more; all of them with --json", shown - most_shown));
  return {};
}

Result<Exit> run(const Invocation& invocation) {
  if (!invocation.arguments.has("--yes"))
    return Error{.fault = Fault::setup,
                 .message = "this deletes what the migration made",
                 .remedy = "Say that you mean it: flitstack rollback --yes"};
  const wiring::RollbackOptions options{.only_sampled = invocation.arguments.has("--sample-only"),
                                        .schema = invocation.arguments.has("--schema")};
  FLIT_TRY_VOID(wiring::check(options));
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::roll_back(session->workspace(), options, session->stop()));
  const engine::RollbackResult& result = outcome.result;
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print(fmt::format("{} rows deleted, {} restored, {} kept", grouped(result.taken.deleted),
                             grouped(result.taken.restored), grouped(result.taken.kept)));
  FLIT_TRY_VOID(print_kept(*session, terminal));
  if (options.schema && result.taken.kept > 0)
    terminal.print("the schema stays as it is, because rows were kept that have values in it");
  if (outcome.schema_reverted > 0)
    terminal.print(fmt::format("{} changes of the schema taken back", outcome.schema_reverted));
  terminal.print(fmt::format("digest before {}\ndigest after  {}  {}", result.digest_before,
                             result.digest_after, result.equal ? "equal" : "DIFFERENT"));
  terminal.next(typed(invocation, "status"));
  return outcome.end;
}

}  // namespace

Command rollback_command() {
  Command command;
  command.name = "rollback";
  command.summary = "put the destination back as it was, and prove it (S-10)";
  command.teaching =
      "Deletes what was created, children first; gives what was changed its old values back. Rows\n"
      "that people touched or attached something to since stay, each listed with its reason. Ends\n"
      "with a digest of the destination before and after. A new migration may follow.";
  command.options = {
      {"--yes", "", "Yes, delete what the migration made.", Option::Kind::flag},
      {"--sample-only", "", "Only the sample; not together with --schema.", Option::Kind::flag},
      {"--schema", "", "Also the columns, choices and keys that the plan made.",
       Option::Kind::flag},
  };
  command.run = run;
  return command;
}

}  // namespace flit::app
