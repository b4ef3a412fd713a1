// `flitstack plan` and `plan apply`: S-03, what must exist over there before data can move.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "apps/wiring/text_file.hpp"
#include "base/json_writer.hpp"
#include "engine/schema_setup.hpp"
#include "engine/setup_manifest.hpp"

namespace flit::app {
namespace {

Error stands_in_the_way(const engine::SetupPlan& plan) {
  const engine::SetupProblem& first = plan.problems.front();
  return {.fault = Fault::setup,
          .message = fmt::format("{} things stand in the plan's way; the first: {}",
                                 plan.problems.size(), first.message),
          .where = first.where,
          .remedy = first.remedy,
          .code = "findings_block"};
}

Result<Exit> make(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(plan, wiring::plan_setup(workspace));
  FLIT_TRY_VOID(wiring::keep_plan(workspace, plan));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(engine::manifest_json(plan));
  terminal.print(engine::manifest_text(plan));
  if (!plan.problems.empty()) return stands_in_the_way(plan);
  terminal.print(
      fmt::format("the same as a file: {}", (workspace.out_folder() / "plan.json").string()));
  terminal.next(typed(invocation, "approve plan --as NAME"));
  return Exit::done;
}

Result<Exit> apply(const Invocation& invocation) {
  if (!invocation.arguments.has("--yes"))
    return Error{.fault = Fault::setup,
                 .message = "this changes the destination's schema",
                 .remedy = "Say that you mean it: flitstack plan apply --yes"};
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan};
  FLIT_TRY_VOID(wiring::require_gates(workspace, needed));
  FLIT_TRY(plan, wiring::plan_setup(workspace));
  if (!plan.problems.empty()) return stands_in_the_way(plan);
  FLIT_TRY(destination, workspace.destination());
  engine::SetupCounts counts;
  std::vector<std::string> missing;
  FLIT_TRY(summary, on_record(*session, "S-03", [&]() -> Result<std::string> {
             engine::SchemaSetup setup(workspace.environment(), destination->faces().schema_writer,
                                       destination->pacer());
             FLIT_TRY(applied, setup.apply(plan, session->stop()));
             counts = applied;
             FLIT_TRY(verified, wiring::verify_setup(workspace, session->stop()));
             missing = std::move(verified);
             json::Writer out;
             out.begin_object().member("made", counts.made).member("there", counts.there);
             out.key("missing").begin_array();
             for (const std::string& one : missing) out.string(one);
             out.end_array().end_object();
             return out.take();
           }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print(fmt::format("made {}, {} were there; looked again: {} missing", counts.made,
                             counts.there, missing.size()));
  if (!missing.empty())
    return Error{.fault = Fault::permanent,
                 .message = fmt::format("{} is not there although it was made", missing.front()),
                 .where = "plan",
                 .remedy = "Run `flitstack plan apply --yes` again",
                 .code = "findings_block"};
  terminal.next(typed(invocation, "owners --fallback EMAIL"));
  return Exit::done;
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
