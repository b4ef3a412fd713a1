#include "store/notebook.hpp"

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::store {
namespace {

std::int64_t microseconds(Instant moment) {
  return moment.time_since_epoch().count();
}

std::optional<std::int64_t> microseconds(const std::optional<Instant>& moment) {
  if (!moment) return {};
  return microseconds(*moment);
}

std::optional<Instant> instant(const std::optional<std::int64_t>& value) {
  if (!value) return {};
  return Instant(Instant::duration(*value));
}

/// Runs a query to its end, handing each row to `take`.
template <typename Take>
Result<void> each_row(const sql::Use& rows, Take&& take) {
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(take(*rows));
  }
}

Result<Approval> read_approval(const sql::Statement& row) {
  Approval one;
  one.gate.assign(row.text(0));
  one.by.assign(row.text(1));
  one.at = Instant(Instant::duration(row.integer(2)));
  one.note.assign(row.text(3));
  one.fingerprint.assign(row.text(4));
  FLIT_TRY(parts, json::parse(row.text(5)));
  for (const json::Member part : parts.root().members())
    one.parts.emplace(part.key, part.value.string_or(""));
  return one;
}

}  // namespace

Result<void> put_checkpoint(sql::Connection& transaction, std::string_view stream,
                            std::string_view value, Instant now) {
  const sql::Use put = transaction.use(
      "INSERT INTO checkpoint (stream, value, updated_at) VALUES (?1, ?2, ?3) ON CONFLICT (stream) "
      "DO UPDATE "
      "SET value = excluded.value, updated_at = excluded.updated_at");
  put->bind(1, stream).bind(2, value).bind(3, microseconds(now));
  return put->run();
}

Result<void> forget_checkpoints(sql::Connection& transaction, std::string_view prefix) {
  const sql::Use rows =
      transaction.use("DELETE FROM checkpoint WHERE substr(stream, 1, length(?1)) = ?1");
  rows->bind(1, prefix);
  return rows->run();
}

Result<std::optional<std::string>> checkpoint(sql::Connection& reader, std::string_view stream) {
  const sql::Use row = reader.use("SELECT value FROM checkpoint WHERE stream = ?1");
  row->bind(1, stream);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<std::string>();
  return std::optional(std::string(row->text(0)));
}

Result<void> put_document(sql::Connection& transaction, std::string_view name,
                          std::string_view body, Instant now) {
  const sql::Use put = transaction.use(
      "INSERT INTO document (name, body, updated_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) "
      "DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at");
  put->bind(1, name).bind(2, body).bind(3, microseconds(now));
  return put->run();
}

Result<void> forget_document(sql::Connection& transaction, std::string_view name) {
  const sql::Use remove = transaction.use("DELETE FROM document WHERE name = ?1");
  remove->bind(1, name);
  return remove->run();
}

Result<std::optional<std::string>> document(sql::Connection& reader, std::string_view name) {
  const sql::Use row = reader.use("SELECT body FROM document WHERE name = ?1");
  row->bind(1, name);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<std::string>();
  std::string body(row->text(0));
  const bool is_json = body.starts_with('{') || body.starts_with('[');
  if (!is_json) return std::optional(std::move(body));  // a fingerprint
  if (const auto whole = json::parse(body); !whole)
    return Error{.fault = Fault::setup,
                 .message = fmt::format("the document \"{}\" in the ledger is damaged: {}", name,
                                        whole.error().message),
                 .where = "ledger",
                 .remedy = "Restore the ledger from a copy"};
  return std::optional(std::move(body));
}

Result<void> put_stage(sql::Connection& transaction, const Stage& stage) {
  const sql::Use put = transaction.use(
      "INSERT INTO stage (id, state, started_at, finished_at, fingerprint, summary) VALUES (?1, "
      "?2, ?3, ?4, ?5, "
      "?6) ON CONFLICT (id) DO UPDATE SET state = excluded.state, started_at = "
      "excluded.started_at, finished_at "
      "= excluded.finished_at, fingerprint = excluded.fingerprint, summary = excluded.summary");
  put->bind(1, std::string_view(stage.id)).bind(2, static_cast<std::int64_t>(stage.state));
  put->bind(3, microseconds(stage.started_at)).bind(4, microseconds(stage.finished_at));
  put->bind(5, std::string_view(stage.fingerprint)).bind(6, std::string_view(stage.summary));
  return put->run();
}

Result<std::optional<Stage>> stage(sql::Connection& reader, std::string_view id) {
  const sql::Use row = reader.use(
      "SELECT id, state, started_at, finished_at, fingerprint, summary FROM stage WHERE id = ?1");
  row->bind(1, id);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Stage>();
  return std::optional(Stage{.id = std::string(row->text(0)),
                             .state = static_cast<StageState>(row->integer(1)),
                             .started_at = instant(row->optional_integer(2)),
                             .finished_at = instant(row->optional_integer(3)),
                             .fingerprint = std::string(row->text(4)),
                             .summary = std::string(row->text(5))});
}

Result<void> put_approval(sql::Connection& transaction, const Approval& approval) {
  json::Writer parts;
  parts.begin_object();
  for (const auto& [name, fingerprint] : approval.parts) parts.member(name, fingerprint);
  parts.end_object();
  const sql::Use put = transaction.use(
      "INSERT INTO approval (gate, by, at, note, fingerprint, parts) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6)");
  put->bind(1, std::string_view(approval.gate)).bind(2, std::string_view(approval.by));
  put->bind(3, microseconds(approval.at)).bind(4, std::string_view(approval.note));
  put->bind(5, std::string_view(approval.fingerprint)).bind(6, std::string_view(parts.view()));
  return put->run();
}

Result<std::optional<Approval>> approval(sql::Connection& reader, std::string_view gate) {
  const sql::Use row = reader.use(
      "SELECT gate, by, at, note, fingerprint, parts FROM approval WHERE gate = ?1 ORDER BY id "
      "DESC LIMIT 1");
  row->bind(1, gate);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Approval>();
  FLIT_TRY(one, read_approval(*row));
  return std::optional(std::move(one));
}

Result<std::vector<Approval>> approvals(sql::Connection& reader) {
  std::vector<Approval> all;
  FLIT_TRY_VOID(each_row(
      reader.use("SELECT gate, by, at, note, fingerprint, parts FROM approval ORDER BY id"),
      [&](const sql::Statement& row) -> Result<void> {
        FLIT_TRY(one, read_approval(row));
        all.push_back(std::move(one));
        return {};
      }));
  return all;
}

Result<void> put_owners(sql::Connection& transaction, std::span<const OwnerRow> owners) {
  FLIT_TRY_VOID(transaction.execute("DELETE FROM owner"));
  for (const OwnerRow& one : owners) {
    const sql::Use put = transaction.use(
        "INSERT INTO owner (source_id, email, name, class, target_id, target_kind, fallback, "
        "records) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    put->bind(1, std::string_view(one.source_id)).bind(2, std::string_view(one.email));
    put->bind(3, std::string_view(one.name))
        .bind(4, std::string_view(one.verdict))
        .bind(5, one.target_id);
    put->bind(6, std::string_view(one.target_kind)).bind(7, std::int64_t{one.fallback});
    put->bind(8, static_cast<std::int64_t>(one.records));
    FLIT_TRY_VOID(put->run());
  }
  return {};
}

Result<std::vector<OwnerRow>> owners(sql::Connection& reader) {
  std::vector<OwnerRow> all;
  FLIT_TRY_VOID(each_row(reader.use("SELECT source_id, email, name, class, target_id, target_kind, "
                                    "fallback, records FROM owner "
                                    "ORDER BY source_id"),
                         [&](const sql::Statement& row) -> Result<void> {
                           all.push_back({.source_id = std::string(row.text(0)),
                                          .email = std::string(row.text(1)),
                                          .name = std::string(row.text(2)),
                                          .verdict = std::string(row.text(3)),
                                          .target_id = row.optional_text(4),
                                          .target_kind = std::string(row.text(5)),
                                          .fallback = row.integer(6) != 0,
                                          .records = static_cast<std::uint64_t>(row.integer(7))});
                           return {};
                         }));
  return all;
}

Result<void> add_finding(sql::Connection& transaction, const Finding& finding,
                         std::span<const std::string> source_ids) {
  std::int64_t id = 0;
  {
    const sql::Use put = transaction.use(
        "INSERT INTO finding (stage, code, severity, object, field, message, remedy, count) VALUES "
        "(?1, ?2, ?3, "
        "?4, ?5, ?6, ?7, ?8) ON CONFLICT (stage, code, object, field, message) DO UPDATE SET count "
        "= count + "
        "excluded.count RETURNING id");
    put->bind(1, std::string_view(finding.stage)).bind(2, std::string_view(finding.code));
    put->bind(3, static_cast<std::int64_t>(finding.severity))
        .bind(4, std::string_view(finding.object));
    put->bind(5, std::string_view(finding.field)).bind(6, std::string_view(finding.message));
    put->bind(7, std::string_view(finding.remedy))
        .bind(8, static_cast<std::int64_t>(finding.count));
    FLIT_TRY(row, put->step());
    if (row) id = put->integer(0);
  }
  for (const std::string& source_id : source_ids) {
    const sql::Use put = transaction.use(
        "INSERT OR IGNORE INTO finding_record (finding, source_id) VALUES (?1, ?2)");
    put->bind(1, id).bind(2, std::string_view(source_id));
    FLIT_TRY_VOID(put->run());
  }
  return {};
}

Result<void> clear_findings(sql::Connection& transaction, std::string_view stage) {
  {
    const sql::Use records = transaction.use(
        "DELETE FROM finding_record WHERE finding IN (SELECT id FROM finding WHERE stage = ?1)");
    records->bind(1, stage);
    FLIT_TRY_VOID(records->run());
  }
  const sql::Use rows = transaction.use("DELETE FROM finding WHERE stage = ?1");
  rows->bind(1, stage);
  return rows->run();
}

Result<std::vector<Finding>> findings(sql::Connection& reader, std::string_view stage) {
  std::vector<Finding> all;
  const sql::Use rows = reader.use(
      "SELECT stage, code, severity, object, field, message, remedy, count FROM finding WHERE ?1 = "
      "'' OR stage = "
      "?1 ORDER BY severity DESC, code, object, field, message");
  rows->bind(1, stage);
  FLIT_TRY_VOID(each_row(rows, [&](const sql::Statement& row) -> Result<void> {
    all.push_back({.stage = std::string(row.text(0)),
                   .code = std::string(row.text(1)),
                   .severity = static_cast<Severity>(row.integer(2)),
                   .object = std::string(row.text(3)),
                   .field = std::string(row.text(4)),
                   .message = std::string(row.text(5)),
                   .remedy = std::string(row.text(6)),
                   .count = static_cast<std::uint64_t>(row.integer(7))});
    return {};
  }));
  return all;
}

Result<void> finding_records(sql::Connection& reader, const Finding& finding,
                             const std::function<Result<void>(std::string_view)>& visit) {
  const sql::Use rows = reader.use(
      "SELECT r.source_id FROM finding f JOIN finding_record r ON r.finding = f.id WHERE f.stage = "
      "?1 AND f.code = "
      "?2 AND f.object = ?3 AND f.field = ?4 AND f.message = ?5 ORDER BY length(r.source_id), "
      "r.source_id");
  rows->bind(1, std::string_view(finding.stage)).bind(2, std::string_view(finding.code));
  rows->bind(3, std::string_view(finding.object)).bind(4, std::string_view(finding.field));
  rows->bind(5, std::string_view(finding.message));
  return each_row(rows, [&](const sql::Statement& row) { return visit(row.text(0)); });
}

Result<void> clear_mismatches(sql::Connection& transaction) {
  return transaction.execute("DELETE FROM mismatch");
}

Result<void> put_mismatch(sql::Connection& transaction, const Mismatch& mismatch) {
  const sql::Use put = transaction.use(
      "INSERT INTO mismatch (assignment, field, verdict, explanation) VALUES (?1, ?2, ?3, ?4) ON "
      "CONFLICT "
      "(assignment, field) DO UPDATE SET verdict = excluded.verdict, explanation = "
      "excluded.explanation");
  put->bind(1, mismatch.assignment).bind(2, std::string_view(mismatch.field));
  put->bind(3, std::string_view(mismatch.verdict)).bind(4, std::string_view(mismatch.explanation));
  return put->run();
}

Result<void> mismatches(sql::Connection& reader,
                        const std::function<Result<void>(const Mismatch&)>& visit) {
  return each_row(reader.use("SELECT assignment, field, verdict, explanation FROM mismatch ORDER "
                             "BY assignment, field"),
                  [&](const sql::Statement& row) {
                    return visit({row.integer(0), std::string(row.text(1)),
                                  std::string(row.text(2)), std::string(row.text(3))});
                  });
}

}  // namespace flit::store
