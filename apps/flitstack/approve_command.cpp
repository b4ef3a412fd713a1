// `flitstack approve GATE`: a person says that this is what is meant to happen.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/map.hpp"
#include "base/json_writer.hpp"

namespace flit::app {
namespace {

std::string_view behind(engine::Gate gate) {
  switch (gate) {
    case engine::Gate::map:
      return "plan";
    case engine::Gate::plan:
      return "plan apply --yes";
    case engine::Gate::owners:
      return "preflight";
    case engine::Gate::sample:
      return "run";
  }
  return "status";
}

Result<Exit> run(const Invocation& invocation) {
  const std::string name = invocation.arguments.value_or("GATE", "");
  const auto gate = engine::gate_named(name);
  if (!gate)
    return Error{.fault = Fault::setup,
                 .message = fmt::format("there is no gate \"{}\"", name),
                 .remedy = "Gates are map, plan, owners and sample"};
  FLIT_TRY(session, open_session(invocation));
  const engine::Approver approver{invocation.arguments.value_or("--as", ""),
                                  invocation.arguments.value_or("--note", "")};
  FLIT_TRY(outcome, wiring::approve(session->workspace(), *gate, approver));
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("gate", name).member("by", approver.name);
  out.member("fingerprint", outcome.fingerprint).end_object();
  invocation.terminal.print_json(out.take());
  invocation.terminal.print(fmt::format("{} is approved by {} as it stands (fingerprint {}…)", name,
                                        approver.name, outcome.fingerprint.substr(0, 12)));
  invocation.terminal.next(typed(invocation, behind(*gate)));
  return Exit::done;
}

}  // namespace

Command approve_command() {
  Command command;
  command.name = "approve";
  command.summary = "open a gate: map, plan, owners or sample";
  command.teaching =
      "An approval is bound to the fingerprint of exactly what was approved. When any of it "
      "changes\n"
      "the approval is void, and `flitstack status` says which change did it. Who, when and what "
      "is\n"
      "in the audit log.";
  command.examples = {"flitstack approve owners --as \"Kim Lund\" --note \"agreed with sales\""};
  command.options = {
      {"GATE", "GATE", "map, plan, owners or sample.", Option::Kind::value, true},
      {"--as", "NAME", "Who answers for it.", Option::Kind::value, true},
      {"--note", "TEXT", "What should be remembered with it."},
  };
  command.run = run;
  return command;
}

}  // namespace flit::app
