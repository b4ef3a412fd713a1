#include "reports/difference_page.hpp"

#include <set>

#include <fmt/format.h>

#include "reports/sections.hpp"

namespace flit::reports {
namespace {

/// How a verdict looks; what is not here is neutral.
std::string mood_of(const std::string& verdict) {
  if (verdict == "equal" || verdict == "converted") return "ok";
  if (verdict == "missing" || verdict == "different") return "bad";
  if (verdict == "edited") return "held";
  if (verdict == "defaulted") return "note";
  return "warn";
}

/// Verdicts as class names.
std::string class_of(const std::string& verdict) {
  std::string name = "v-";
  for (const char c : verdict) name += c >= 'a' && c <= 'z' ? c : '-';
  return name;
}

/// With a choice made, rows and records without that verdict are not shown.
std::string filter_style(const std::map<std::string, std::uint64_t>& verdicts) {
  std::string style = "#f-all:checked~.filters [for=f-all]{background:#0b5cad;color:#fff}";
  for (const auto& [verdict, count] : verdicts) {
    const std::string name = class_of(verdict);
    style += fmt::format(
        "#f-{0}:checked~.record:not(.{0}),#f-{0}:checked~.record tbody tr:not(.{0})"
        "{{display:none}}#f-{0}:checked~.filters [for=f-{0}]{{background:#0b5cad;color:#fff}}",
        name);
  }
  return style;
}

void show_value(Html& html, const std::string& text) {
  html.open("td").element("span", text, {{"class", "value"}}).close();
}

}  // namespace

DifferencePage::DifferencePage(const std::filesystem::path& file, const DifferenceHead& head)
    : page_(file, head.page) {
  std::uint64_t cells = 0;
  std::uint64_t wrong = 0;
  for (const auto& [verdict, count] : head.verdicts) {
    cells += count;
    if (mood_of(verdict) == "bad") wrong += count;
  }
  show_tiles(page_,
             {{grouped(head.records), "Records compared"},
              {grouped(cells), "Fields compared"},
              {grouped(wrong), "Fields that are not as promised", wrong == 0 ? "ok" : "bad"}});
  page_.section("records", "Side by side",
                "Each record as the source has it, as the map makes it, and as it was read back.");
  Html& html = page_.html();
  html.raw("<style>").raw(filter_style(head.verdicts)).raw("</style>");
  html.single("input", {{"type", "radio"},
                        {"class", "filter"},
                        {"name", "verdict"},
                        {"id", "f-all"},
                        {"checked", "checked"}});
  for (const auto& [verdict, count] : head.verdicts)
    html.single("input", {{"type", "radio"},
                          {"class", "filter"},
                          {"name", "verdict"},
                          {"id", "f-" + class_of(verdict)}});
  html.open("div", {{"class", "filters"}});
  html.element("label", fmt::format("all {}", grouped(cells)), {{"for", "f-all"}});
  for (const auto& [verdict, count] : head.verdicts)
    html.element("label", fmt::format("{} {}", verdict, grouped(count)),
                 {{"for", "f-" + class_of(verdict)}});
  html.close().raw("\n");
}

void DifferencePage::add(const ShownRecord& record) {
  std::set<std::string> verdicts;
  for (const ShownCell& cell : record.cells) verdicts.insert(class_of(cell.verdict));
  std::string classes = "record";
  for (const std::string& name : verdicts) classes += " " + name;
  Html& html = page_.html();
  html.open("section", {{"class", classes}});
  html.element("h3", fmt::format("{} {} → {}", record.object, record.source_id, record.table));
  std::string where = record.target_id;
  if (record.role != "primary") where += " · " + record.role;
  if (!record.because.empty()) where += " · " + record.because;
  if (!record.found) where += " · the row is not there";
  html.element("p", where, {{"class", "where"}});
  page_.open_table({{"Field"}, {"At the source"}, {"Expected"}, {"Over there"}, {"Verdict"}});
  for (const ShownCell& cell : record.cells) {
    html.open("tr", {{"class", class_of(cell.verdict)}}).open("td");
    html.element("code", cell.field.empty() ? "(constant)" : cell.field).single("br");
    html.element("span", "→ " + cell.column, {{"class", "why"}}).close();
    show_value(html, cell.source);
    show_value(html, cell.expected);
    show_value(html, cell.read);
    html.open("td").element("span", cell.verdict, {{"class", "pill " + mood_of(cell.verdict)}});
    if (!cell.explanation.empty())
      html.single("br").element("span", cell.explanation, {{"class", "why"}});
    html.close().close().raw("\n");
  }
  page_.close_table();
  html.close().raw("\n");
  page_.flush();
}

Result<void> DifferencePage::finish() {
  return page_.finish();
}

}  // namespace flit::reports
