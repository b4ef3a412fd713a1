#include "apps/flitstack/stage_command.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/stages.hpp"

namespace flit::app {
namespace {

constexpr std::size_t most_shown = 12;

std::string_view mark_of(store::Severity severity) {
  switch (severity) {
    case store::Severity::blocker:
      return "BLOCKS ";
    case store::Severity::warning:
      return "warning";
    case store::Severity::note:
      return "note   ";
  }
  return "";
}

std::string_view to_string(store::Severity severity) {
  switch (severity) {
    case store::Severity::blocker:
      return "blocker";
    case store::Severity::warning:
      return "warning";
    case store::Severity::note:
      return "note";
  }
  return "";
}

std::string place_of(const store::Finding& finding) {
  if (finding.object.empty()) return {};
  return finding.field.empty() ? finding.object + ": "
                               : finding.object + " › " + finding.field + ": ";
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

Result<std::string> on_record(Session& session, std::string_view stage_id,
                              const std::function<Result<std::string>()>& work) {
  const auto& names = engine::stage_names();
  const auto name = std::find_if(names.begin(), names.end(),
                                 [&](const engine::StageName& one) { return one.id == stage_id; });
  return engine::run_stage(session.workspace().environment(), *name, "", work);
}

std::string typed(const Invocation& invocation, std::string_view command) {
  const std::string& project = invocation.global.project;
  return project == "." ? fmt::format("flitstack {}", command)
                        : fmt::format("flitstack --project {} {}", project, command);
}

Result<std::vector<store::Finding>> findings_of(Session& session, std::string_view stage_id) {
  std::vector<store::Finding> found;
  FLIT_TRY_VOID(session.workspace().environment().ledger.read(
      [&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(all, store::findings(reader, stage_id));
        found = std::move(all);
        return {};
      }));
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.severity > b.severity || (a.severity == b.severity && a.count > b.count);
  });
  return found;
}

Result<std::size_t> print_findings(Session& session, Terminal& terminal,
                                   std::string_view stage_id) {
  FLIT_TRY(found, findings_of(session, stage_id));
  const auto blocks = static_cast<std::size_t>(std::count_if(
      found.begin(), found.end(),
      [](const store::Finding& one) { return one.severity == store::Severity::blocker; }));
  if (found.empty()) return blocks;
  terminal.print(fmt::format("\nfindings: {}, of which {} block", found.size(), blocks));
  for (std::size_t i = 0; i < std::min(found.size(), most_shown); ++i) {
    const store::Finding& one = found[i];
    terminal.print(fmt::format("  {} {:>7}  {}{}", mark_of(one.severity), grouped(one.count),
                               place_of(one), one.message));
    if (one.severity == store::Severity::blocker && !one.remedy.empty())
      terminal.print("                    " + one.remedy);
  }
  if (found.size() > most_shown)
    terminal.print(fmt::format("  … {} more; all of them: flitstack status --findings",
                               found.size() - most_shown));
  return blocks;
}

void write_findings(json::Writer& out, const std::vector<store::Finding>& findings) {
  out.key("findings").begin_array();
  for (const store::Finding& one : findings) {
    out.begin_object().member("code", one.code).member("severity", to_string(one.severity));
    out.member("object", one.object).member("field", one.field).member("message", one.message);
    out.member("remedy", one.remedy).member("count", one.count).end_object();
  }
  out.end_array();
}

Result<void> require_done(Session& session, std::string_view stage_id, std::string_view command) {
  FLIT_TRY(stage, engine::stage_on_record(session.workspace().environment(), stage_id));
  if (stage.state == store::StageState::done) return {};
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} has not been done yet", command),
               .where = std::string(stage_id),
               .remedy = fmt::format("flitstack {}", command),
               .code = "gate_closed"};
}

Result<std::uint64_t> count_given(const Invocation& invocation, std::string_view option,
                                  std::uint64_t usual) {
  const auto text = invocation.arguments.value(option);
  if (!text) return usual;
  std::uint64_t count = 0;
  const char* const end = text->data() + text->size();
  const auto [stopped, failed] = std::from_chars(text->data(), end, count);
  if (failed == std::errc() && stopped == end) return count;
  return Error{.fault = Fault::setup,
               .message = fmt::format("expected a whole number, found \"{}\"", *text),
               .where = std::string(option)};
}

}  // namespace flit::app
