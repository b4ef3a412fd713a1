#include "reports/handover.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "engine/finding_catalogue.hpp"
#include "reports/chart.hpp"
#include "reports/handover_lists.hpp"
#include "reports/sections.hpp"
#include "store/ledger_views.hpp"

namespace flit::reports {
namespace {

using store::Outcome;

constexpr std::array outcomes{Outcome::created, Outcome::updated, Outcome::matched, Outcome::merged,
                              Outcome::skipped, Outcome::failed,  Outcome::held,    Outcome::open};

/// What the summary is made of.
struct Sums {
  std::map<std::string, std::map<Outcome, std::uint64_t>> objects;  // primary roles
  std::map<Outcome, std::uint64_t> all;
  std::uint64_t source = 0;
  std::uint64_t routed = 0;
  std::uint64_t links = 0;
  std::vector<store::ReasonCount> reasons;
  std::vector<store::WriteCount> writes;
  std::vector<store::Approval> approvals;
  std::vector<store::Stage> stages;

  std::uint64_t of(Outcome outcome) const {
    const auto known = all.find(outcome);
    return known == all.end() ? 0 : known->second;
  }
};

Result<Sums> sums_of(const ReportInputs& inputs) {
  Sums sums;
  const Result<void> read =
      inputs.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(counts, inputs.environment.books.assignments.count(reader));
        for (const store::OutcomeCount& one : counts) {
          if (one.role != "primary") {
            sums.links += one.count;
            continue;
          }
          sums.objects[one.object][one.outcome] += one.count;
          sums.all[one.outcome] += one.count;
          sums.source += one.count;
          sums.routed += one.routed ? one.count : 0;
        }
        FLIT_TRY(reasons, store::reason_counts(reader));
        FLIT_TRY(writes, store::write_counts(reader));
        FLIT_TRY(approvals, store::approvals(reader));
        sums.reasons = std::move(reasons);
        sums.writes = std::move(writes);
        sums.approvals = std::move(approvals);
        for (const char* id : {"S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-08",
                               "S-09", "S-10", "S-11"}) {
          FLIT_TRY(stage, store::stage(reader, id));
          if (stage) sums.stages.push_back(std::move(*stage));
        }
        return {};
      });
  if (!read) return Error(read.error());
  return sums;
}

const store::Stage* stage_of(const Sums& sums, std::string_view id) {
  for (const store::Stage& stage : sums.stages)
    if (stage.id == id) return &stage;
  return nullptr;
}

PageHead head_of(const ReportInputs& inputs, const Sums& sums) {
  const store::MigrationInfo& info = inputs.environment.ledger.info();
  PageHead head{.title = "Handover report",
                .subtitle = inputs.path.title,
                .facts = {{"Source account", inputs.source_facts.account},
                          {"Destination", inputs.destination_facts.organization},
                          {"Migration", info.id},
                          {"Generation", std::to_string(info.generation)},
                          {"Begun", format_instant(info.created_at)}}};
  if (const store::Stage* run = stage_of(sums, "S-07"); run != nullptr && run->finished_at)
    head.facts.emplace_back("Run finished", format_instant(*run->finished_at));
  return head;
}

void show_outcomes(Page& page, const ReportInputs& inputs, const Sums& sums) {
  const std::uint64_t moved = sums.of(Outcome::created) + sums.of(Outcome::updated) +
                              sums.of(Outcome::matched) + sums.of(Outcome::merged);
  const std::uint64_t failed = sums.of(Outcome::failed);
  show_tiles(page, {{grouped(sums.source), "Records of the source"},
                    {grouped(moved), "Arrived", "ok"},
                    {grouped(sums.of(Outcome::skipped)), "Skipped by a rule"},
                    {grouped(sums.of(Outcome::held)), "Held for a person or a later version",
                     sums.of(Outcome::held) == 0 ? "" : "warn"},
                    {grouped(failed), "Failed", failed == 0 ? "ok" : "bad"},
                    {grouped(sums.links), "Further rows: links, placeholders"}});
  std::vector<StackedBar> bars;
  for (const auto& [object, counts] : sums.objects) {
    StackedBar bar{.label = label_of(inputs.source, object)};
    for (const Outcome outcome : outcomes)
      if (const auto known = counts.find(outcome); known != counts.end())
        bar.slices.push_back({std::string(to_string(outcome)), known->second});
    bars.push_back(std::move(bar));
  }
  draw_stacked(page.html(), "What became of every record", bars);
}

void show_books(Page& page, const ReportInputs& inputs, const Sums& sums) {
  page.section("books", "The books",
               "Every record of the source has exactly one outcome: each line adds up.");
  std::vector<Page::Column> columns{{"Object"}, {"Source", true}};
  for (const Outcome outcome : outcomes) columns.push_back({std::string(to_string(outcome)), true});
  page.open_table(columns);
  const auto line = [&](const std::string& name, const std::map<Outcome, std::uint64_t>& counts) {
    std::uint64_t sum = 0;
    std::vector<std::string> cells{name, {}};
    for (const Outcome outcome : outcomes) {
      const auto known = counts.find(outcome);
      const std::uint64_t count = known == counts.end() ? 0 : known->second;
      sum += count;
      cells.push_back(count == 0 ? "–" : grouped(count));
    }
    cells[1] = grouped(sum);
    page.table_row(cells);
  };
  for (const auto& [object, counts] : sums.objects) line(label_of(inputs.source, object), counts);
  line("All", sums.all);
  page.close_table();
  if (sums.routed > 0)
    page.paragraph(
        fmt::format("{} of them were sent to another table than the usual one by a rule.",
                    grouped(sums.routed)));
}

void show_reasons(Page& page, const Sums& sums) {
  page.section("reasons", "Why records did not simply move",
               "Every record behind these numbers is named in not_moved.csv.");
  if (sums.reasons.empty()) return page.paragraph("All of them did.");
  page.open_table({{"Object"}, {"Outcome"}, {"Reason"}, {"Records", true}, {"Code"}});
  for (const store::ReasonCount& one : sums.reasons)
    page.table_row({one.object, std::string(to_string(one.outcome)),
                    begun(engine::title_of(one.reason)), grouped(one.count), one.reason});
  page.close_table();
}

/// What a stage said of itself: JSON, shown as it is; its shape is the stage's own.
void show_reconciliation(Page& page, const Sums& sums) {
  page.section("reconciliation", "Reconciliation",
               "Every mapped field of every record, read back and compared.");
  const store::Stage* stage = stage_of(sums, "S-09");
  if (stage == nullptr || stage->state != store::StageState::done) {
    page.paragraph("It has not been done yet: flitstack reconcile.");
    return;
  }
  const auto summary = json::parse(stage->summary);
  if (!summary) return;
  const json::Value root = summary->root();
  const bool balanced = root["balanced"].as_boolean().value_or(false);
  const auto number = [&](std::string_view name) {
    return static_cast<std::uint64_t>(root[name].as_integer().value_or(0));
  };
  show_tiles(page, {{balanced ? "yes" : "no", "The books balance", balanced ? "ok" : "bad"},
                    {grouped(number("fields_compared")), "Fields compared"},
                    {grouped(number("mismatches")), "Not as promised",
                     number("mismatches") == 0 ? "ok" : "bad"}});
}

void show_list(Page& page, const ListDigest& list, std::string_view id, std::string_view lead) {
  page.section(id, list.shape.title, lead);
  if (list.total == 0) {
    page.paragraph("None.");
    return;
  }
  std::vector<Page::Column> columns;
  for (const std::string& title : list.shape.columns) columns.push_back({title});
  page.open_table(columns);
  for (const auto& row : list.first) page.table_row(row);
  page.close_table();
  Html& html = page.html();
  html.open("p", {{"class", "more"}});
  if (list.total > list.first.size())
    html.text(fmt::format("{} of {} shown; all of them in ", grouped(list.first.size()),
                          grouped(list.total)));
  else
    html.text("Also in ");
  html.element("a", list.shape.file, {{"href", list.shape.file}}).text(".").close();
  page.flush();
}

void show_audit(Page& page, const Sums& sums) {
  page.section("audit", "What was written",
               "Each write was in the ledger before its request left. The log is chained by "
               "hashes: `flitstack audit verify` finds any line that was changed.");
  if (sums.writes.empty()) page.paragraph("Nothing was written yet.");
  constexpr std::array verbs{"create", "update", "upsert", "close", "remove", "link", "unlink"};
  page.open_table({{"Stage"}, {"Table"}, {"Kind"}, {"Writes", true}, {"Refused", true}});
  for (const store::WriteCount& one : sums.writes)
    page.table_row({one.stage, one.table,
                    one.verb < static_cast<std::int64_t>(verbs.size())
                        ? verbs[static_cast<std::size_t>(one.verb)]
                        : "",
                    grouped(one.writes), grouped(one.refused)});
  page.close_table();
  page.html().element("h3", "Who approved what");
  page.open_table({{"Gate"}, {"By"}, {"When"}, {"Fingerprint"}, {"Note"}});
  for (const store::Approval& one : sums.approvals)
    page.table_row(
        {one.gate, one.by, format_instant(one.at), one.fingerprint.substr(0, 16), one.note});
  page.close_table();
}

/// A list with its place and its words on the page.
struct Told {
  Result<ListDigest> (*write)(const Package&);
  std::string_view id;
  std::string_view lead;
};

constexpr std::array told_lists{
    Told{list_trouble, "not-moved", "Each with its reason, and what was found and expected."},
    Told{list_owners, "owners", "Whose records went to whom; only e-mail addresses match people."},
    Told{list_duplicates, "duplicates", "Nothing was merged: one line a record, by group."},
    Told{list_left_fields, "left", "Ignored on record, not mapped, or held with their object."},
    Told{list_dictionary, "dictionary", "Every field that moved: from where, to where, and how."},
    Told{list_pairs, "pairs", "Records that belong together by a third one."},
    Told{list_files, "files", "This version does not move files yet; their list is complete."},
    Told{list_workflows, "workflows",
         "Automations never move. Their full definitions are in workflows.json."},
    Told{list_findings, "findings-list", "Every record behind every finding."},
    Told{list_audit, "audit-extract", "Stages, approvals and changes of the schema."},
    Told{list_outcomes, "outcomes", "From each record of the source to its row over there."},
};

void show_contents(Page& page, const std::vector<ListDigest>& lists) {
  Html& html = page.html();
  html.open("nav");
  const std::vector<std::pair<std::string, std::string>> places{
      {"#books", "The books"},
      {"#reasons", "Why records did not simply move"},
      {"#reconciliation", "Reconciliation"},
      {"#checks", "What to watch out for"},
      {"#quality", "What the data is like"},
      {"#audit", "What was written"}};
  for (const auto& [place, title] : places) html.element("a", title, {{"href", place}});
  for (std::size_t i = 0; i < lists.size(); ++i)
    html.element("a", fmt::format("{} ({})", lists[i].shape.title, grouped(lists[i].total)),
                 {{"href", fmt::format("#{}", told_lists[i].id)}});
  html.close();
}

Result<void> write_page(const ReportInputs& inputs, const Sums& sums,
                        const std::vector<ListDigest>& lists, const std::filesystem::path& file) {
  FLIT_TRY(checks, engine::kept_checks(inputs.environment));
  Page page(file, head_of(inputs, sums));
  show_outcomes(page, inputs, sums);
  show_contents(page, lists);
  show_books(page, inputs, sums);
  show_reasons(page, sums);
  show_reconciliation(page, sums);
  page.section("checks", "What to watch out for");
  show_checks(page, checks);
  page.section("quality", "What the data is like");
  FLIT_TRY_VOID(show_findings(page, inputs));
  show_audit(page, sums);
  for (std::size_t i = 0; i < lists.size(); ++i)
    show_list(page, lists[i], told_lists[i].id, told_lists[i].lead);
  return page.finish();
}

Result<void> write_summary(const ReportInputs& inputs, const Sums& sums,
                           const std::vector<ListDigest>& lists,
                           const std::filesystem::path& file) {
  const store::MigrationInfo& info = inputs.environment.ledger.info();
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("migration", info.id).member("path", info.path);
  out.member("generation", info.generation).key("records").begin_object();
  out.member("source", sums.source);
  for (const Outcome outcome : outcomes) out.member(to_string(outcome), sums.of(outcome));
  out.member("routed", sums.routed).end_object().member("links", sums.links);
  out.key("objects").begin_object();
  for (const auto& [object, counts] : sums.objects) {
    out.key(object).begin_object();
    for (const auto& [outcome, count] : counts) out.member(to_string(outcome), count);
    out.end_object();
  }
  out.end_object().key("reasons").begin_array();
  for (const store::ReasonCount& one : sums.reasons) {
    out.begin_object().member("object", one.object).member("role", one.role);
    out.key("outcome").string(to_string(one.outcome));
    out.member("reason", one.reason).member("count", one.count).end_object();
  }
  out.end_array().key("lists").begin_array();
  for (const ListDigest& list : lists)
    out.begin_object().member("file", list.shape.file).member("rows", list.total).end_object();
  out.end_array().end_object();
  Output output(file);
  output.write(out.take()).write("\n");
  return output.finish();
}

}  // namespace

Result<Handover> write_handover(const ReportInputs& inputs, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return Error{.fault = Fault::setup,
                 .message = "the folder cannot be made: " + error.message(),
                 .where = folder.string(),
                 .remedy = "Make its parent writable for this user"};
  FLIT_TRY(sums, sums_of(inputs));
  Handover made{.page = folder / "index.html", .lists = {}};
  Workbook workbook(folder / "report.xlsx", inputs.environment.ledger.info().created_at);
  const Package package{inputs, folder, workbook};
  for (const Told& told : told_lists) {
    FLIT_TRY(list, told.write(package));
    made.lists.push_back(std::move(list));
  }
  FLIT_TRY_VOID(workbook.finish());
  FLIT_TRY_VOID(write_page(inputs, sums, made.lists, made.page));
  FLIT_TRY_VOID(write_summary(inputs, sums, made.lists, folder / "summary.json"));
  return made;
}

}  // namespace flit::reports
