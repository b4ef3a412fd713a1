#include "apps/flitstack/stage_command.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "apps/wiring/stages/on_record.hpp"

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

std::string place_of(const store::Finding& finding) {
  if (finding.object.empty()) return {};
  return finding.field.empty() ? finding.object + ": "
                               : finding.object + " › " + finding.field + ": ";
}

}  // namespace

std::string typed(const Invocation& invocation, std::string_view command) {
  const std::string& project = invocation.global.project;
  return project == "." ? fmt::format("flitstack {}", command)
                        : fmt::format("flitstack --project {} {}", project, command);
}

void print_findings(Terminal& terminal, const std::vector<store::Finding>& findings) {
  if (findings.empty()) return;
  terminal.print(fmt::format("\nfindings: {}, of which {} block", findings.size(),
                             wiring::blockers_among(findings)));
  for (std::size_t i = 0; i < std::min(findings.size(), most_shown); ++i) {
    const store::Finding& one = findings[i];
    terminal.print(fmt::format("  {} {:>7}  {}{}", mark_of(one.severity), grouped(one.count),
                               place_of(one), one.message));
    if (one.severity == store::Severity::blocker && !one.remedy.empty())
      terminal.print("                    " + one.remedy);
  }
  if (findings.size() > most_shown)
    terminal.print(fmt::format("  … {} more; all of them: flitstack status --findings",
                               findings.size() - most_shown));
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
