// `flitstack plan` and `plan apply`: S-03, what must exist over there before data can move.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/plan.hpp"
#include "engine/setup_manifest.hpp"

namespace flit::app {
namespace {

Result<Exit> make(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::make_plan(session->workspace(), session->stop()));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(engine::manifest_json(outcome.plan));
  terminal.print(engine::manifest_text(outcome.plan));
  if (!outcome.end) return outcome.end;
  terminal.print(fmt::format("the same as a file: {}",
                             (session->workspace().out_folder() / "plan.json").string()));
  terminal.next(typed(invocation, "approve plan --as NAME"));
  return outcome.end;
}

Result<Exit> apply(const Invocation& invocation) {
  if (!invocation.arguments.has("--yes"))
    return Error{.fault = Fault::setup,
                 .message = "this changes the destination's schema",
                 .remedy = "Say that you mean it: flitstack plan apply --yes"};
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(outcome, wiring::apply_plan(session->workspace(), session->stop()));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print(fmt::format("made {}, {} were there; looked again: {} missing",
                             outcome.counts.made, outcome.counts.there, outcome.missing.size()));
  if (outcome.end) terminal.next(typed(invocation, "owners --fallback EMAIL"));
  return outcome.end;
}

}  // namespace

Command plan_command() {
  Command command;
  command.name = "plan";
  command.summary = "what the destination needs before data: columns, choices, keys (S-03)";
  command.teaching =
      "Lists every table, column, choice and key that the map needs and the destination has not,\n"
      "each with its reason. `approve plan` signs it, `plan apply` makes it and looks again "
      "whether\n"
      "it is there; an administrator may make it by hand instead.";
  command.run = make;
  Command applying;
  applying.name = "apply";
  applying.summary = "make what the plan says, and verify it";
  applying.options = {{"--yes", "", "Yes, change the destination's schema.", Option::Kind::flag}};
  applying.run = apply;
  command.subcommands = {applying};
  return command;
}

}  // namespace flit::app
