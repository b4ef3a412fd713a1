// `flitstack rollback`: S-10, the destination as it was, and the proof of it.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/setup.hpp"
#include "base/json_writer.hpp"
#include "engine/rollback.hpp"

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
  if (invocation.arguments.has("--sample-only") && invocation.arguments.has("--schema"))
    return Error{
        .fault = Fault::setup,
        .message = "the schema cannot go while rows beyond the sample may have values in it",
        .where = "--schema",
        .remedy = "Leave out one of --sample-only and --schema"};
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(migration, workspace.migration(wiring::Columns::existing));
  engine::RollbackResult result;
  std::uint64_t reverted = 0;
  FLIT_TRY(summary, on_record(*session, "S-10", [&]() -> Result<std::string> {
             engine::Rollback rollback(*migration,
                                       {.only_sampled = invocation.arguments.has("--sample-only"),
                                        .lanes = workspace.project().load.lanes});
             FLIT_TRY(undone, rollback.run(session->stop()));
             result = std::move(undone);
             // Columns that kept rows have values in are theirs by now.
             if (invocation.arguments.has("--schema") && result.taken.kept == 0) {
               FLIT_TRY(taken_back, wiring::revert_setup(workspace, session->stop()));
               reverted = taken_back;
             }
             json::Writer out;
             out.begin_object();
             FLIT_TRY_VOID(engine::append(out, workspace.environment(), result));
             out.member("schema_reverted", reverted).end_object();
             return out.take();
           }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print(fmt::format("{} rows deleted, {} restored, {} kept", grouped(result.taken.deleted),
                             grouped(result.taken.restored), grouped(result.taken.kept)));
  FLIT_TRY_VOID(print_kept(*session, terminal));
  if (invocation.arguments.has("--schema") && result.taken.kept > 0)
    terminal.print("the schema stays as it is, because rows were kept that have values in it");
  if (reverted > 0) terminal.print(fmt::format("{} changes of the schema taken back", reverted));
  terminal.print(fmt::format("digest before {}\ndigest after  {}  {}", result.digest_before,
                             result.digest_after, result.equal ? "equal" : "DIFFERENT"));
  terminal.next(typed(invocation, "status"));
  return result.equal ? Exit::done : Exit::findings_block;
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
