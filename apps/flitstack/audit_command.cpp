// `flitstack audit`: the log that cannot be edited unseen.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "base/time.hpp"
#include "engine/audit.hpp"

namespace flit::app {
namespace {

Result<Exit> show(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(count, count_given(invocation, "--last", 50));
  Terminal& terminal = invocation.terminal;
  std::string document = "[";
  FLIT_TRY_VOID(engine::show_audit(
      session->workspace().environment(), static_cast<std::int64_t>(count),
      [&](const store::AuditFact& fact) -> Result<void> {
        const std::string line = engine::fact_json(fact);
        document += (document.size() > 1 ? ",\n" : "\n") + line;
        terminal.print(fmt::format("{}  {:<10} {:>6}  {}  {}", format_instant(fact.at), fact.stream,
                                   fact.number, fact.kind, fact.body));
        return {};
      }));
  terminal.print_json(document + "\n]");
  terminal.next(typed(invocation, "audit verify"));
  return Exit::done;
}

Result<Exit> verify(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(verification, engine::verify_audit(session->workspace().environment()));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(engine::verification_json(verification));
  if (verification.broken)
    return Error{.fault = Fault::permanent,
                 .message = "the audit log was changed: " + *verification.broken,
                 .where = "audit",
                 .remedy = "Keep the ledger as it is, and find out who had access to it",
                 .code = "findings_block"};
  terminal.print(fmt::format("intact: {} facts speak for {} operations",
                             grouped(verification.facts), grouped(verification.operations)));
  return Exit::done;
}

Result<Exit> export_all(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  Terminal& terminal = invocation.terminal;
  FLIT_TRY_VOID(engine::export_audit(session->workspace().environment(),
                                     [&](std::string_view line) -> Result<void> {
                                       terminal.print(line);
                                       terminal.print_json(line);
                                       return {};
                                     }));
  return Exit::done;
}

}  // namespace

Command audit_command() {
  Command command;
  command.name = "audit";
  command.summary = "the log of everything: show, verify, export";
  command.teaching =
      "Every intent, outcome, approval and stage is a fact; each fact holds the hash of the one "
      "before\n"
      "it and of the rows that it speaks for. `verify` walks all chains and finds any row that "
      "was\n"
      "edited, added or taken away. `export` prints one JSON line a fact, for outsiders.";
  Command showing = subcommand("show", "the newest facts", show);
  showing.options = {{"--last", "N", "How many (default: 50)."}};
  command.subcommands = {showing, subcommand("verify", "is the log as it was written?", verify),
                         subcommand("export", "every fact as a line of JSON", export_all)};
  return command;
}

}  // namespace flit::app
