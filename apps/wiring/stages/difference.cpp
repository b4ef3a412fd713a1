#include "apps/wiring/stages/difference.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "apps/wiring/stages/on_record.hpp"
#include "apps/wiring/text_file.hpp"
#include "base/json_writer.hpp"
#include "engine/fingerprint.hpp"
#include "reports/difference_page.hpp"
#include "reports/page.hpp"

namespace flit::wiring {
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

std::string to_json(const std::vector<engine::RecordDifference>& records,
                    const engine::DifferenceCounts& counts) {
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("records", counts.records).member("fields", counts.fields);
  out.member("mismatches", counts.mismatches()).key("differences").begin_array();
  for (const engine::RecordDifference& record : records) write(out, record);
  out.end_array().end_object();
  return out.take();
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

Result<void> write_page(Workspace& workspace, const std::filesystem::path& file,
                        const std::vector<engine::RecordDifference>& records,
                        const engine::DifferenceCounts& counts) {
  reports::DifferenceHead head{
      .page = {.title = "Sample, field by field", .subtitle = workspace.path().title},
      .records = counts.records};
  head.page.facts = {{"Migration", workspace.environment().ledger.info().id},
                     {"Rows", reports::grouped(counts.records)},
                     {"Fields", reports::grouped(counts.fields)},
                     {"Mismatches", reports::grouped(counts.mismatches())}};
  for (std::size_t i = 0; i < engine::cell_verdicts; ++i) {
    const auto verdict = static_cast<engine::CellVerdict>(i);
    if (counts.of(verdict) > 0)
      head.verdicts.emplace(engine::to_string(verdict), counts.of(verdict));
  }
  reports::DifferencePage page(file, head);
  for (const engine::RecordDifference& record : records) page.add(shown(record));
  return page.finish();
}

}  // namespace

Result<DifferenceOutcome> show_difference(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY_VOID(require_done(workspace, "S-06", "sample"));
  FLIT_TRY(migration, workspace.migration(Columns::existing));
  std::vector<engine::RecordDifference> records;  // a sample is some hundred records
  const engine::DifferenceSettings settings{.lanes = workspace.project().load.lanes};
  DifferenceOutcome outcome{.page = workspace.out_folder() / "diff.html"};
  FLIT_TRY(counts, engine::compare_rows(
                       *migration, settings,
                       [&](const engine::RecordDifference& record) -> Result<void> {
                         records.push_back(record);
                         return {};
                       },
                       stop));
  outcome.counts = counts;
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return std::tie(a.object, a.assignment) < std::tie(b.object, b.assignment);
  });
  outcome.document = to_json(records, counts);
  FLIT_TRY_VOID(write_text_file(workspace.out_folder() / "diff.json", outcome.document));
  FLIT_TRY_VOID(write_page(workspace, outcome.page, records, counts));
  // What was shown, without the values of records that it holds.
  FLIT_TRY_VOID(workspace.put_document(sample_document, engine::fingerprint_of(outcome.document)));
  if (counts.mismatches() > 0) outcome.end = Exit::findings_block;
  return outcome;
}

}  // namespace flit::wiring
