#include "engine/trace.hpp"

#include "base/time.hpp"
#include "engine/also_rows.hpp"
#include "store/lookups.hpp"

namespace flit::engine {
namespace {

std::string_view outcome_of(const store::Step& step) {
  if (!step.settled) return "open";
  switch (step.outcome) {
    case model::RowOutcome::Kind::done:
      return "done";
    case model::RowOutcome::Kind::exists:
      return "exists";
    case model::RowOutcome::Kind::missing:
      return "missing";
    case model::RowOutcome::Kind::changed:
      return "changed";
    case model::RowOutcome::Kind::failed:
      return "failed";
  }
  return "unknown";
}

void append(json::Writer& out, const store::Step& step) {
  out.begin_object().member("operation", step.operation).member("batch", step.batch);
  out.member("stage", step.stage).member("phase", step.phase);
  out.member("verb", to_string(step.verb)).member("table", step.target.table);
  out.member("id", step.target.id).member("outcome", outcome_of(step));
  if (!step.code.empty()) out.member("code", step.code);
  if (!step.message.empty()) out.member("message", step.message);
  out.end_object();
}

void append(json::Writer& out, const TracedRow& row) {
  const store::Assignment& one = row.assignment;
  out.begin_object().member("object", one.object).member("source_id", one.source_id);
  out.member("role", one.role);
  if (!row.made_of.empty()) out.member("made_of", row.made_of);
  if (row.source_created) out.member("created_at", format_instant(*row.source_created));
  if (row.source_updated) out.member("updated_at", format_instant(*row.source_updated));
  if (!one.table.empty()) out.member("table", one.table).member("target_id", one.target_id);
  out.member("outcome", to_string(store::outcome_of(one.verdict, one.state)));
  out.member("state", to_string(one.state));
  if (!one.reason.empty()) out.member("reason", one.reason);
  if (!one.detail.empty()) out.member("detail", one.detail);
  out.member("routed", one.routed).member("sampled", one.sampled);
  out.key("operations").begin_array();
  for (const store::Step& step : row.steps) append(out, step);
  out.end_array().key("mismatches").begin_array();
  for (const store::Mismatch& mismatch : row.mismatches) {
    out.begin_object().member("column", mismatch.field).member("verdict", mismatch.verdict);
    out.member("explanation", mismatch.explanation).end_object();
  }
  out.end_array().end_object();
}

Result<TracedRow> traced(const Environment& environment, store::sql::Connection& reader,
                         std::int64_t assignment) {
  TracedRow row;
  FLIT_TRY(found, environment.books.assignments.by_id(reader, assignment));
  if (found) row.assignment = std::move(*found);
  FLIT_TRY(staged,
           environment.books.staging.find(reader, row.assignment.object, row.assignment.source_id));
  if (staged) {
    row.source_created = staged->record.created_at;
    row.source_updated = staged->record.updated_at;
  }
  if (is_also(row.assignment.role))
    FLIT_TRY_VOID(environment.books.worklist.fetch(
        reader, {&row.assignment, 1}, [&](const store::Worklist::Item& item) -> Result<void> {
          row.made_of = item.staged.record.key.id;
          return {};
        }));
  FLIT_TRY_VOID(store::history(environment.books.names, reader, assignment,
                               [&](const store::Step& step) -> Result<void> {
                                 row.steps.push_back(step);
                                 return {};
                               }));
  FLIT_TRY(mismatches, store::mismatches_of(reader, assignment));
  row.mismatches = std::move(mismatches);
  return row;
}

}  // namespace

Result<std::vector<TracedRow>> trace(const Environment& environment, std::string_view id) {
  std::vector<TracedRow> rows;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(assignments, store::assignments_of(reader, id));
        for (const std::int64_t assignment : assignments) {
          FLIT_TRY(row, traced(environment, reader, assignment));
          rows.push_back(std::move(row));
        }
        return {};
      });
  if (!read) return Error(read.error());
  return rows;
}

std::string trace_json(std::string_view id, const std::vector<TracedRow>& rows) {
  json::Writer out;
  out.begin_object().member("id", id).key("rows").begin_array();
  for (const TracedRow& row : rows) append(out, row);
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::engine
