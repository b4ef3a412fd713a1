// `flitstack map propose|show|check|confirm`: S-02, what becomes of every field.

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "apps/flitstack/field_proposer.hpp"
#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/approvals.hpp"
#include "apps/wiring/setup.hpp"
#include "base/json_writer.hpp"
#include "engine/map_draft.hpp"
#include "engine/map_review.hpp"
#include "mapping/document.hpp"

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
  for (const engine::ReviewProblem& problem : review.problems)
    terminal.print(fmt::format("  {} {}: {}{}", terminal.bold("problem"), problem.where,
                               problem.message,
                               problem.remedy.empty() ? "" : " (" + problem.remedy + ")"));
}

Result<engine::MapReview> review(wiring::Workspace& workspace) {
  FLIT_TRY(map, workspace.map());
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(existing, workspace.destination_schema(wiring::Columns::existing));
  FLIT_TRY(locale, workspace.locale());
  FLIT_TRY(plan, wiring::plan_setup(workspace));
  const model::Schema destination = engine::with_plan(existing, plan);
  return engine::review_map({map, source, destination, locale});
}

Error unusable(const engine::MapReview& review) {
  return {.fault = Fault::setup,
          .message = fmt::format("{} lines of the map cannot work", review.problems.size()),
          .where = review.problems.front().where,
          .remedy = "Correct them and run `flitstack map check`",
          .code = "findings_block"};
}

Result<Exit> propose(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  std::error_code ignored;
  const bool there = std::filesystem::exists(workspace.map_folder(), ignored) &&
                     !std::filesystem::is_empty(workspace.map_folder(), ignored);
  if (there && !invocation.arguments.has("--force"))
    return Error{.fault = Fault::setup,
                 .message = "there is a map already, and people may have edited it",
                 .where = workspace.map_folder().string(),
                 .remedy = "Edit it, or replace it with --force"};
  FLIT_TRY(source, workspace.source_schema());
  FLIT_TRY(destination, workspace.destination_schema(wiring::Columns::existing));
  engine::MapDraft draft;
  engine::MapReview found;
  FLIT_TRY(
      summary, on_record(*session, "S-02", [&]() -> Result<std::string> {
        const auto proposer = make_field_proposer(source, destination);
        draft =
            engine::MapDrafter({workspace.path(), source, destination, proposer.get()}, {}).draft();
        FLIT_TRY_VOID(mapping::write_map(draft.map, workspace.map_folder()));
        FLIT_TRY(reviewed, review(workspace));
        found = std::move(reviewed);
        return engine::to_json(found);
      }));
  Terminal& terminal = invocation.terminal;
  terminal.print_json(summary);
  terminal.print(fmt::format("wrote {} files to {}", draft.map.objects.size(),
                             workspace.map_folder().string()));
  print_review(found, terminal);
  if (!draft.notes.empty())
    terminal.print(
        fmt::format("\n{} lines of the path do not apply to this source:", draft.notes.size()));
  for (const std::string& note : draft.notes) terminal.print("  " + note);
  if (!found.problems.empty()) return unusable(found);
  terminal.next(typed(invocation, "map confirm --as NAME"));
  return Exit::done;
}

Result<Exit> check(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(found, review(session->workspace()));
  invocation.terminal.print_json(engine::to_json(found));
  print_review(found, invocation.terminal);
  if (!found.problems.empty()) return unusable(found);
  invocation.terminal.next(typed(invocation, "map confirm --as NAME"));
  return Exit::done;
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

Result<Exit> show(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(map, session->workspace().map());
  const std::string wanted = invocation.arguments.value_or("OBJECT", "");
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
    out.end_array().key("ignored").begin_array();
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
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(found, review(workspace));
  if (!found.problems.empty()) return unusable(found);
  FLIT_TRY(parts, wiring::parts_of(workspace, engine::Gate::map));
  const engine::Approver approver{invocation.arguments.value_or("--as", ""),
                                  invocation.arguments.value_or("--note", "")};
  FLIT_TRY_VOID(engine::approve(workspace.environment(), engine::Gate::map, approver, parts));
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("gate", "map").member("by", approver.name);
  out.member("fingerprint", engine::fingerprint_of(parts)).end_object();
  invocation.terminal.print_json(out.take());
  invocation.terminal.print(fmt::format("the map is confirmed by {} as it stands ({} files)",
                                        approver.name, parts.size()));
  invocation.terminal.next(typed(invocation, "plan"));
  return Exit::done;
}

Command subcommand(std::string name, std::string summary, Result<Exit> (*run)(const Invocation&)) {
  Command command;
  command.name = std::move(name);
  command.summary = std::move(summary);
  command.run = run;
  return command;
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
