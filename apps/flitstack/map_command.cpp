// `flitstack map propose|show|check|confirm`: S-02, what becomes of every field.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/map.hpp"
#include "base/edit_distance.hpp"
#include "base/json_writer.hpp"

namespace flit::app {
namespace {

void print_review(const engine::MapReview& review, Terminal& terminal) {
  for (const engine::ObjectReview& one : review.objects) {
    if (!one.held.empty()) {
      terminal.print(fmt::format("  {:<12} held: {}", one.object, one.held));
      continue;
    }
    terminal.print(fmt::format(
        "  {:<12} → {:<20} {:>3} fields: {:>3} mapped, {:>3} kept in a column of their own, {:>3} "
        "ignored",
        one.object, one.tables, one.fields, one.mapped, one.preserved, one.ignored));
  }
  for (const engine::SharedColumn& one : review.shared)
    terminal.print(fmt::format("  shared       {} › {} takes the first of {} that is not empty",
                               one.object, one.column, fmt::join(one.fields, ", ")));
  for (const engine::ReviewProblem& problem : review.problems)
    terminal.print(fmt::format("  {} {}: {}{}", terminal.bold("problem"), problem.where,
                               problem.message,
                               problem.remedy.empty() ? "" : " (" + problem.remedy + ")"));
}

Result<Exit> propose(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(outcome, wiring::propose_map(workspace, {.force = invocation.arguments.has("--force")}));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(outcome.summary);
  terminal.print(fmt::format("wrote {} files to {}", outcome.draft.map.objects.size(),
                             workspace.map_folder().string()));
  print_review(outcome.review, terminal);
  if (!outcome.draft.notes.empty())
    terminal.print(fmt::format("\n{} lines of the path do not apply to this source:",
                               outcome.draft.notes.size()));
  for (const std::string& note : outcome.draft.notes) terminal.print("  " + note);
  if (outcome.end) terminal.next(typed(invocation, "map confirm --as NAME"));
  return outcome.end;
}

Result<Exit> check(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(found, wiring::review_map(session->workspace()));
  invocation.terminal.print_json(engine::to_json(found));
  print_review(found, invocation.terminal);
  FLIT_TRY(end, wiring::verdict_of(found));
  invocation.terminal.next(typed(invocation, "map confirm --as NAME"));
  return end;
}

std::string shown(const model::FieldRule& rule) {
  std::string text =
      fmt::format("{:<28} → {}", rule.from.empty() ? "(constant)" : rule.from, rule.to);
  if (!rule.convert.empty()) text += " by " + rule.convert;
  if (rule.values) text += fmt::format(", {} values", rule.values->pairs.size());
  if (rule.preserved) text += " (a column of its own)";
  if (rule.why.confidence) text += fmt::format("  {:.2f}", *rule.why.confidence);
  return text;
}

/// Rows that the object's records speak of beside their own.
void show_also(const model::ObjectMap& object, Terminal& terminal, json::Writer& out) {
  out.key("also").begin_array();
  for (const model::AlsoRule& also : object.also) {
    terminal.print(fmt::format("  also {}: to {} by {} {}", also.name, also.table,
                               fmt::join(also.key, ", "), also.why.reason));
    out.begin_object().member("as", also.name).member("to", also.table);
    out.member("lookup", also.lookup).member("reason", also.why.reason);
    out.key("fields").begin_array();
    for (const model::FieldRule& rule : also.fields) {
      terminal.print("    " + shown(rule));
      out.begin_object().member("from", rule.from).member("to", rule.to).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

/// Success when nothing or a known object is asked for.
Result<void> require_object(const model::MapDocument& map, const std::string& wanted) {
  std::vector<std::string_view> names;
  for (const model::ObjectMap& object : map.objects) {
    if (wanted.empty() || object.object == wanted) return {};
    names.push_back(object.object);
  }
  return Error{.fault = Fault::setup,
               .message = fmt::format("the map has no object \"{}\"", wanted),
               .where = "OBJECT",
               .remedy = did_you_mean_text(wanted, names)};
}

Result<Exit> show(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(map, session->workspace().map());
  const std::string wanted = invocation.arguments.value_or("OBJECT", "");
  FLIT_TRY_VOID(require_object(map, wanted));
  Terminal& terminal = invocation.terminal;
  json::Writer out(json::Writer::Style::pretty);
  out.begin_array();
  for (const model::ObjectMap& object : map.objects) {
    if (!wanted.empty() && object.object != wanted) continue;
    out.begin_object().member("object", object.object).member("held", object.held);
    out.key("fields").begin_array();
    terminal.print(terminal.bold(object.object));
    if (!object.held.empty()) terminal.print("  held: " + object.held);
    for (const model::Route& route : object.routes)
      terminal.print(fmt::format("  to {} {}", route.table, route.because));
    for (const model::FieldRule& rule : object.fields) {
      terminal.print("    " + shown(rule));
      out.begin_object().member("from", rule.from).member("to", rule.to);
      out.member("convert", rule.convert).member("preserved", rule.preserved);
      if (rule.why.confidence) out.member("confidence", *rule.why.confidence);
      out.member("reason", rule.why.reason).end_object();
    }
    out.end_array();
    if (!object.also.empty()) show_also(object, terminal, out);
    out.key("ignored").begin_array();
    for (const model::IgnoredField& one : object.ignored) {
      terminal.print(fmt::format("    {:<28} ignored: {}", one.from, one.reason));
      out.begin_object().member("from", one.from).member("reason", one.reason).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
  terminal.print_json(out.take());
  terminal.next(typed(invocation, "map check"));
  return Exit::done;
}

Result<Exit> confirm(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  const engine::Approver approver{invocation.arguments.value_or("--as", ""),
                                  invocation.arguments.value_or("--note", "")};
  FLIT_TRY(outcome, wiring::confirm_map(session->workspace(), approver));
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("gate", "map").member("by", approver.name);
  out.member("fingerprint", outcome.fingerprint).end_object();
  invocation.terminal.print_json(out.take());
  invocation.terminal.print(fmt::format("the map is confirmed by {} as it stands ({} files)",
                                        approver.name, outcome.parts.size()));
  invocation.terminal.next(typed(invocation, "plan"));
  return Exit::done;
}

}  // namespace

Command map_command() {
  Command command;
  command.name = "map";
  command.summary = "propose, look at, check and confirm the field map (S-02)";
  command.teaching =
      "The map is a folder of YAML files, one for each object of the source: where its records "
      "go,\n"
      "what becomes of every field, which values become which. `propose` writes it, people edit "
      "it,\n"
      "`check` finds what cannot work, `confirm` opens the gate. An edit behind that closes it "
      "again.";
  Command proposing = subcommand("propose", "write map/ from the path and the proposer", propose);
  proposing.options = {
      {"--force", "", "Replace a map that is there.", Option::Kind::flag},
  };
  Command showing = subcommand("show", "the map as it stands", show);
  showing.options = {{"OBJECT", "OBJECT", "Only this object."}};
  Command checking = subcommand("check", "find every line that cannot work", check);
  Command confirming = subcommand("confirm", "open the gate \"map\"", confirm);
  confirming.options = {{"--as", "NAME", "Who answers for it.", Option::Kind::value, true},
                        {"--note", "TEXT", "What should be remembered with it."}};
  command.subcommands = {proposing, showing, checking, confirming};
  return command;
}

}  // namespace flit::app
