#include "reports/scope.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/profile.hpp"
#include "reports/chart.hpp"
#include "reports/sections.hpp"

namespace flit::reports {
namespace {

constexpr std::size_t most_choices = 12;

PageHead head_of(const ReportInputs& inputs) {
  const store::MigrationInfo& info = inputs.environment.ledger.info();
  return {.title = "Scope of the migration",
          .subtitle = inputs.path.title,
          .facts = {{"Source account", inputs.source_facts.account},
                    {"Edition", inputs.source_facts.edition},
                    {"Currency", inputs.source_facts.currency},
                    {"Time zone", inputs.source_facts.time_zone},
                    {"Destination", inputs.destination_facts.organization},
                    {"Migration", info.id},
                    {"Begun", format_instant(info.created_at)}}};
}

void show_source(Page& page, const ReportInputs& inputs,
                 const std::vector<store::ObjectCount>& counts) {
  page.section("source", "What the source holds",
               "Every record that these credentials can read, as it was staged.");
  std::vector<StackedBar> bars;
  for (const store::ObjectCount& one : counts)
    if (inputs.source.find_object(one.object) != nullptr)
      bars.push_back({label_of(inputs.source, one.object),
                      {{"live", one.live}, {"archived", one.archived}, {"merged", one.merged}}});
  draw_stacked(page.html(), "Records by object", bars);
  page.open_table({{"Object"},
                   {"Name"},
                   {"Records", true},
                   {"Archived", true},
                   {"Merged", true},
                   {"Fields", true},
                   {"Custom fields", true}});
  for (const store::ObjectCount& one : counts) {
    const model::Object* object = inputs.source.find_object(one.object);
    const auto custom = object == nullptr
                            ? std::ptrdiff_t{0}
                            : std::count_if(object->fields.begin(), object->fields.end(),
                                            [](const model::Field& field) { return field.custom; });
    page.table_row({label_of(inputs.source, one.object), one.object, grouped(one.live),
                    grouped(one.archived), grouped(one.merged),
                    object == nullptr ? "" : grouped(object->fields.size()),
                    object == nullptr ? "" : grouped(static_cast<std::uint64_t>(custom))});
  }
  page.close_table();
}

void show_destination(Page& page, const ReportInputs& inputs) {
  const model::DestinationFacts& facts = inputs.destination_facts;
  page.section("destination", "What it moves into");
  show_tiles(page, {{facts.edition.empty() ? "not known" : facts.edition, "Edition"},
                    {grouped(facts.users), "Users"},
                    {grouped(facts.custom_tables), "Custom tables there"},
                    {facts.base_currency, "Base currency"},
                    {grouped(facts.max_file_bytes / 1024) + " KiB", "Largest file"}});
  page.open_table({{"Table"}, {"Name"}, {"Columns", true}, {"Owned by users"}, {"Activity"}});
  for (const model::Object& table : inputs.destination.objects)
    page.table_row({label_of(inputs.destination, table.name), table.name,
                    grouped(table.fields.size()), table.owned ? "yes" : "no",
                    table.activity ? "yes" : "no"});
  page.close_table();
}

std::string choices_of(const engine::ObservedField& field) {
  std::vector<engine::ObservedValue> values = field.values;
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < most_choices; ++i)
    text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", values[i].text, grouped(values[i].count));
  if (values.size() > most_choices || field.more_values) text += ", …";
  return text;
}

std::string range_of(const engine::ObservedField& field) {
  if (!field.values.empty()) return choices_of(field);
  if (field.min && field.max)
    return fmt::format("{} to {}", field.min->text(Decimal::Zeros::dropped),
                       field.max->text(Decimal::Zeros::dropped));
  return field.longest == 0 ? std::string() : fmt::format("up to {} characters", field.longest);
}

void show_fields(Page& page, const ReportInputs& inputs, const engine::Observed& observed) {
  page.section("fields", "Every field, and how much it is used",
               "A field that nobody fills is a field that nobody will miss.");
  Html& html = page.html();
  for (const model::Object& object : inputs.source.objects) {
    html.element("h3", label_of(inputs.source, object.name));
    page.open_table(
        {{"Field"}, {"Label"}, {"Type"}, {"Filled"}, {"", true}, {"Different", true}, {"Values"}});
    for (const model::Field& field : object.fields) {
      const auto known = observed.find(object.name + "." + field.name);
      const engine::ObservedField none;
      const engine::ObservedField& seen = known == observed.end() ? none : known->second;
      html.open("tr").open("td").element("code", field.name).close();
      html.element("td", field.label).element("td", to_string(field.type)).open("td");
      draw_share(html, seen.filled, seen.records);
      html.close().element("td", grouped(seen.filled), {{"class", "n"}});
      html.element("td", grouped(seen.distinct) + (seen.more_distinct ? "+" : ""),
                   {{"class", "n"}});
      html.element("td", range_of(seen)).close().raw("\n");
    }
    page.close_table();
    page.flush();
  }
}

/// What the path's description claims, and what its rows come to.
std::string claims_of(const packs::PathPack& path) {
  const auto one_to_one = std::count_if(
      path.rows.begin(), path.rows.end(),
      [](const packs::PathRow& row) { return row.kind == packs::RowKind::one_to_one; });
  return fmt::format(
      "Computed from these rows: {} of {} are 1:1. The path states {} of {}, grade {}, {}.",
      one_to_one, path.rows.size(), path.stated.one_to_one, path.stated.objects, path.stated.grade,
      path.stated.timeline);
}

void show_contents(Page& page) {
  Html& html = page.html();
  html.open("nav");
  const std::vector<std::pair<std::string, std::string>> places{
      {"#rows", "What moves, row by row"},    {"#source", "What the source holds"},
      {"#destination", "What it moves into"}, {"#quality", "What the data is like"},
      {"#checks", "What to watch out for"},   {"#fields", "Every field"}};
  for (const auto& [place, title] : places) html.element("a", title, {{"href", place}});
  html.close();
}

}  // namespace

Result<void> write_scope(const ReportInputs& inputs, const std::filesystem::path& file) {
  FLIT_TRY(counts, counts_of(inputs));
  FLIT_TRY(observed, engine::observed_fields(inputs.environment));
  FLIT_TRY(checks, engine::kept_checks(inputs.environment));
  Page page(file, head_of(inputs));
  show_contents(page);
  page.section("rows", "What moves, row by row", claims_of(inputs.path));
  show_rows(page, inputs.path);
  show_source(page, inputs, counts);
  show_destination(page, inputs);
  page.section("quality", "What the data is like",
               "Nothing of this stops the move by itself; each line says what will be done.");
  FLIT_TRY_VOID(show_findings(page, inputs));
  page.section("checks", "What to watch out for");
  if (checks.empty()) page.paragraph("The checks have not been run yet: flitstack preflight.");
  show_checks(page, checks);
  show_fields(page, inputs, observed);
  page.section("out", "What is not part of it",
               "Automations never move: they leave as reference documents for whoever rebuilds "
               "them. Nothing is ever written to the source.");
  return page.finish();
}

}  // namespace flit::reports
