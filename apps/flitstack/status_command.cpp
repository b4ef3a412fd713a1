// `flitstack status`: where the migration stands, what is open, and the exact next command.

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "apps/wiring/standing.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "engine/stages.hpp"

namespace flit::app {
namespace {

using engine::GateState;
using store::StageState;
using wiring::Standing;

std::string_view to_string(StageState state) {
  switch (state) {
    case StageState::open:
      return "open";
    case StageState::running:
      return "running";
    case StageState::done:
      return "done";
    case StageState::failed:
      return "failed";
  }
  return "";
}

std::string to_json(const Standing& standing, const std::string& path, std::int64_t generation,
                    const std::string& next) {
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("path", path).member("generation", generation);
  out.key("stages").begin_array();
  for (const store::Stage& stage : standing.stages) {
    out.begin_object().member("id", stage.id).member("state", to_string(stage.state));
    out.member("started_at", stage.started_at ? format_instant(*stage.started_at) : "");
    out.member("finished_at", stage.finished_at ? format_instant(*stage.finished_at) : "");
    out.key("summary").raw(stage.summary).end_object();
  }
  out.end_array().key("gates").begin_array();
  for (const GateState& state : standing.gates) {
    out.begin_object().member("gate", engine::to_string(state.gate));
    out.member("state", engine::to_string(state.kind));
    out.member("by", state.approval ? state.approval->by : "");
    out.member("at", state.approval ? format_instant(state.approval->at) : "");
    out.member("fingerprint", state.approval ? state.approval->fingerprint : "");
    out.key("changed").begin_array();
    for (const std::string& change : state.changed) out.string(change);
    out.end_array().end_object();
  }
  out.end_array();
  if (standing.predictions) {
    out.key("preflight").begin_object().member("hits", standing.predictions->hits);
    out.member("misses", standing.predictions->misses)
        .member("false_alarms", standing.predictions->false_alarms)
        .end_object();
  }
  out.member("next", next).end_object();
  return out.take();
}

void print(const Standing& standing, Terminal& terminal) {
  const auto& names = engine::stage_names();
  for (std::size_t i = 0; i < standing.stages.size(); ++i) {
    const store::Stage& stage = standing.stages[i];
    terminal.print(fmt::format("  {} {:<10} {:<8} {}", stage.id, names[i].title,
                               to_string(stage.state),
                               stage.finished_at ? format_instant(*stage.finished_at) : ""));
  }
  terminal.print();
  for (const GateState& state : standing.gates) {
    std::string line = fmt::format("  gate {:<7} {:<8}", engine::to_string(state.gate),
                                   engine::to_string(state.kind));
    if (state.approval)
      line += fmt::format(" by {}, {}", state.approval->by, format_instant(state.approval->at));
    terminal.print(line);
    for (const std::string& change : state.changed) terminal.print("       " + change);
  }
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  FLIT_TRY(standing, wiring::look(session->workspace()));
  const store::MigrationInfo& info = session->workspace().environment().ledger.info();
  const std::string command = wiring::next_of(standing);
  const std::string next = command.empty() ? "" : typed(invocation, command);
  Terminal& terminal = invocation.terminal;
  terminal.print_json(to_json(standing, info.path, info.generation, next));
  terminal.print(fmt::format("{}, generation {}", terminal.bold(info.path), info.generation));
  print(standing, terminal);
  if (invocation.arguments.has("--findings"))
    for (const engine::StageName& name : engine::stage_names()) {
      FLIT_TRY(found, wiring::findings_of(session->workspace(), name.id));
      for (const store::Finding& one : found)
        terminal.print(fmt::format("  {} {:>7} {} {} {}", name.id, one.count, one.object, one.field,
                                   one.message));
    }
  if (!next.empty()) terminal.next(next);
  return Exit::done;
}

}  // namespace

Command status_command() {
  Command command;
  command.name = "status";
  command.summary = "where the migration stands, and the exact next command";
  command.teaching =
      "Shows each stage and gate. An approval whose subject changed is void, with what changed.";
  command.options = {{"--findings", "", "Also every finding of every stage.", Option::Kind::flag}};
  command.run = run;
  return command;
}

}  // namespace flit::app
