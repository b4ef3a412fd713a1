#include "reports/sections.hpp"

#include <fmt/format.h>

#include "store/notebook.hpp"

namespace flit::reports {
namespace {

std::string_view mood_of(store::Severity severity) {
  switch (severity) {
    case store::Severity::note:
      return "note";
    case store::Severity::warning:
      return "warn";
    case store::Severity::blocker:
      return "bad";
  }
  return "";
}

std::string_view word_of(store::Severity severity) {
  switch (severity) {
    case store::Severity::note:
      return "note";
    case store::Severity::warning:
      return "warning";
    case store::Severity::blocker:
      return "blocker";
  }
  return "";
}

}  // namespace

void show_tiles(Page& page, const std::vector<Tile>& tiles) {
  Html& html = page.html();
  html.open("div", {{"class", "tiles"}});
  for (const Tile& tile : tiles) {
    html.open("div", {{"class", "tile " + tile.mood}});
    html.element("b", tile.number).element("span", tile.label).close();
  }
  html.close();
}

void show_checks(Page& page, const std::vector<engine::CheckResult>& checks) {
  constexpr std::size_t most = 8;
  Html& html = page.html();
  for (const engine::CheckResult& check : checks) {
    const std::string verdict(to_string(check.verdict));
    const std::string mood = verdict == "passed"    ? "ok"
                             : verdict == "warning" ? "warn"
                             : verdict == "blocker" ? "bad"
                                                    : "note";
    html.open("div", {{"class", "check " + verdict}});
    html.open("h3").text(check.id + " · " + check.title + " ");
    html.element("span", verdict, {{"class", "pill " + mood}}).close();
    html.element("p", check.found);
    if (!check.remedy.empty()) html.element("p", check.remedy);
    if (!check.items.empty()) {
      html.open("ul");
      for (std::size_t i = 0; i < check.items.size() && i < most; ++i)
        html.element("li", check.items[i]);
      if (check.total > most)
        html.element("li", fmt::format("… and {} more", grouped(check.total - most)));
      html.close();
    }
    html.close().raw("\n");
  }
}

Result<void> show_findings(Page& page, const ReportInputs& inputs) {
  std::vector<store::Finding> findings;
  FLIT_TRY_VOID(inputs.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(all, store::findings(reader, {}));
    findings = std::move(all);
    return {};
  }));
  if (findings.empty()) {
    page.paragraph("Nothing was found.");
    return {};
  }
  page.open_table({{"Weight"}, {"What"}, {"Where"}, {"Records", true}, {"What to do"}, {"Code"}});
  Html& html = page.html();
  for (const store::Finding& one : findings) {
    html.open("tr").open("td");
    html.element("span", word_of(one.severity),
                 {{"class", fmt::format("pill {}", mood_of(one.severity))}});
    html.close().element("td", begun(one.message));
    html.element("td", one.field.empty() ? one.object : one.object + "." + one.field);
    html.element("td", grouped(one.count), {{"class", "n"}}).element("td", one.remedy);
    html.open("td").element("code", one.code).close().close().raw("\n");
  }
  page.close_table();
  return {};
}

Result<std::vector<store::ObjectCount>> counts_of(const ReportInputs& inputs) {
  std::vector<store::ObjectCount> counts;
  const Result<void> read =
      inputs.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(all, store::object_counts(reader));
        counts = std::move(all);
        return {};
      });
  if (!read) return Error(read.error());
  return counts;
}

std::string begun(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string label_of(const model::Schema& schema, const std::string& name) {
  const model::Object* object = schema.find_object(name);
  if (object == nullptr) return name;
  if (!object->label_plural.empty()) return object->label_plural;
  return object->label.empty() ? name : object->label;
}

void show_rows(Page& page, const packs::PathPack& path) {
  page.open_table({{"Row"}, {"At the source"}, {"Becomes"}, {"Kind"}, {"What happens"}});
  for (const packs::PathRow& row : path.rows) {
    const char* const kind = row.kind == packs::RowKind::one_to_one    ? "1:1"
                             : row.kind == packs::RowKind::one_to_many ? "1:many"
                                                                       : "lossy";
    Html& html = page.html();
    html.open("tr").element("td", row.id, {{"class", "id"}}).element("td", row.source);
    html.element("td", row.destination).element("td", kind);
    html.element("td", row.held.empty() ? row.what : row.what + " Held: " + row.held + ".");
    html.close().raw("\n");
  }
  page.close_table();
}

}  // namespace flit::reports
