// `flitstack diff`: the sample, field by field, source value beside what is over there.

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/text_file.hpp"
#include "base/json_writer.hpp"
#include "engine/difference.hpp"
#include "reports/difference_page.hpp"

namespace flit::app {
namespace {

void write(json::Writer& out, const engine::RecordDifference& record) {
  out.begin_object().member("object", record.object).member("source_id", record.source_id);
  out.member("role", record.role).member("table", record.table);
  out.member("target_id", record.target_id).member("because", record.because);
  out.member("found", record.found).member("edited", record.edited).key("fields").begin_array();
  for (const engine::FieldDifference& field : record.fields) {
    out.begin_object().member("field", field.field).member("column", field.column);
    out.member("source", field.source).member("expected", field.expected);
    out.member("read", field.read).member("verdict", engine::to_string(field.verdict));
    out.member("explanation", field.explanation).end_object();
  }
  out.end_array().end_object();
}

void print(Terminal& terminal, const engine::DifferenceCounts& counts) {
  terminal.print(
      fmt::format("{} rows, {} fields", grouped(counts.records), grouped(counts.fields)));
  for (std::size_t i = 0; i < engine::cell_verdicts; ++i) {
    const auto verdict = static_cast<engine::CellVerdict>(i);
    if (counts.of(verdict) > 0)
      terminal.print(
          fmt::format("  {:<10} {:>9}", engine::to_string(verdict), grouped(counts.of(verdict))));
  }
}

reports::ShownRecord shown(const engine::RecordDifference& record) {
  reports::ShownRecord shown{.object = record.object,
                             .source_id = record.source_id,
                             .role = record.role,
                             .table = record.table,
                             .target_id = record.target_id,
                             .because = record.because,
                             .found = record.found};
  for (const engine::FieldDifference& field : record.fields)
    shown.cells.push_back({field.field, field.column, field.source, field.expected, field.read,
                           std::string(engine::to_string(field.verdict)), field.explanation});
  return shown;
}

Result<void> write_page(wiring::Workspace& workspace, const std::filesystem::path& file,
                        const std::vector<engine::RecordDifference>& records,
                        const engine::DifferenceCounts& counts) {
  reports::DifferenceHead head{
      .page = {.title = "Sample, field by field", .subtitle = workspace.path().title},
      .records = counts.records};
  head.page.facts = {{"Migration", workspace.environment().ledger.info().id},
                     {"Rows", grouped(counts.records)},
                     {"Fields", grouped(counts.fields)},
                     {"Mismatches", grouped(counts.mismatches())}};
  for (std::size_t i = 0; i < engine::cell_verdicts; ++i) {
    const auto verdict = static_cast<engine::CellVerdict>(i);
    if (counts.of(verdict) > 0)
      head.verdicts.emplace(engine::to_string(verdict), counts.of(verdict));
  }
  reports::DifferencePage page(file, head);
  for (const engine::RecordDifference& record : records) page.add(shown(record));
  return page.finish();
}

std::string to_json(const std::vector<engine::RecordDifference>& records,
                    const engine::DifferenceCounts& counts) {
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("records", counts.records).member("fields", counts.fields);
  out.member("mismatches", counts.mismatches()).key("differences").begin_array();
  for (const engine::RecordDifference& record : records) write(out, record);
  out.end_array().end_object();
  return out.take();
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY_VOID(require_done(*session, "S-06", "sample"));
  FLIT_TRY(migration, workspace.migration(wiring::Columns::existing));
  std::vector<engine::RecordDifference> records;  // a sample is some hundred records
  const engine::DifferenceSettings settings{.lanes = workspace.project().load.lanes};
  FLIT_TRY(counts, engine::compare_rows(
                       *migration, settings,
                       [&](const engine::RecordDifference& record) -> Result<void> {
                         records.push_back(record);
                         return {};
                       },
                       session->stop()));
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return std::tie(a.object, a.assignment) < std::tie(b.object, b.assignment);
  });
  const std::string json = to_json(records, counts);
  const auto page = workspace.out_folder() / "diff.html";
  FLIT_TRY_VOID(wiring::write_text_file(workspace.out_folder() / "diff.json", json));
  FLIT_TRY_VOID(write_page(workspace, page, records, counts));
  FLIT_TRY_VOID(workspace.put_document(wiring::sample_document, json));
  invocation.terminal.print_json(json);
  print(invocation.terminal, counts);
  invocation.terminal.print("the page to look at: " + page.string());
  invocation.terminal.next(typed(invocation, "approve sample --as NAME"));
  return counts.mismatches() > 0 ? Exit::findings_block : Exit::done;
}

}  // namespace

Command diff_command() {
  Command command;
  command.name = "diff";
  command.summary = "the sample field by field: source, expected, read back (S-06)";
  command.teaching =
      "Reads the sample back and lays every field beside what the source has and what the map made "
      "of\n"
      "it, with a verdict and an explanation; as a page in out/diff.html and as JSON.";
  command.run = run;
  return command;
}

}  // namespace flit::app
