#include "store/journal.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/json_writer.hpp"
#include "store/covered_rows.hpp"
#include "store/payload.hpp"

namespace flit::store {
namespace {

constexpr std::string_view seal_stream = "seal";

bool replaces_values(model::Verb verb) {
  switch (verb) {
    case model::Verb::update:
    case model::Verb::remove:
    case model::Verb::close:
      return true;
    case model::Verb::create:
    case model::Verb::upsert:
    case model::Verb::link:
    case model::Verb::unlink:
      return false;
  }
  return false;
}

std::int64_t microseconds(Instant moment) {
  return moment.time_since_epoch().count();
}

}  // namespace

Result<void> Journal::append(sql::Connection& transaction, const Fact& fact) {
  std::string previous;
  std::int64_t number = 1;
  {
    const sql::Use head = transaction.use(
        "SELECT number, hash FROM fact WHERE stream = ?1 ORDER BY number DESC LIMIT 1");
    head->bind(1, fact.stream);
    FLIT_TRY(found, head->step());
    if (found) {
      number = head->integer(0) + 1;
      previous.assign(head->blob(1));
    }
  }
  const std::int64_t at = microseconds(fact.at);
  FieldHasher hasher;
  hasher.add(previous).add(number).add(at).add(fact.kind).add(fact.body).add(fact.covered);
  const std::string hash = hasher.finish();
  const sql::Use put = transaction.use(
      "INSERT INTO fact (stream, number, at, kind, body, covered, hash) VALUES (?1, ?2, ?3, ?4, "
      "?5, ?6, ?7)");
  put->bind(1, fact.stream).bind(2, number).bind(3, at).bind(4, fact.kind).bind(5, fact.body);
  put->bind_blob(6, fact.covered).bind_blob(7, hash);
  return put->run();
}

Result<IntendedBatch> Journal::intend(sql::Connection& transaction, const BatchIntent& intent,
                                      Instant now) {
  FLIT_TRY(table, names_.number_of(transaction, intent.table));
  IntendedBatch intended;
  {
    const sql::Use put =
        transaction.use("INSERT INTO batch (stage, phase, road, rows) VALUES (?1, ?2, ?3, ?4)");
    put->bind(1, intent.stage)
        .bind(2, intent.phase)
        .bind(3, static_cast<std::int64_t>(intent.road));
    put->bind(4, static_cast<std::int64_t>(intent.writes.size()));
    FLIT_TRY_VOID(put->run());
    intended.batch = transaction.last_insert_id();
  }
  PayloadCodec codec;
  std::string frame;
  for (const Intent& write : intent.writes) {
    FLIT_CHECK(write.before_image.has_value() || !replaces_values(intent.verb),
               "no row is changed before the values about to be replaced are in the ledger");
    const sql::Use put = transaction.use(
        "INSERT INTO operation (batch, assignment, verb, target_table, target_id, before_image) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    put->bind(1, intended.batch)
        .bind(2, write.assignment)
        .bind(3, static_cast<std::int64_t>(intent.verb));
    put->bind(4, table).bind(5, write.target_id);
    if (write.before_image) {
      codec.compress(*write.before_image, frame);
      put->bind_blob(6, frame);
    }
    FLIT_TRY_VOID(put->run());
    if (intended.first_operation == 0) intended.first_operation = transaction.last_insert_id();
  }
  FLIT_TRY(covered, operations_hash(transaction, intended.batch));
  json::Writer body;
  body.begin_object()
      .member("batch", intended.batch)
      .member("stage", intent.stage)
      .member("phase", intent.phase);
  body.member("table", intent.table).member("verb", to_string(intent.verb));
  body.member("rows", intent.writes.size()).end_object();
  FLIT_TRY_VOID(append(transaction, {intent.stream, "batch intended", body.view(), covered, now}));
  return intended;
}

Result<void> Journal::accept(sql::Connection& transaction, std::int64_t batch,
                             const model::Ticket& ticket) {
  const sql::Use set = transaction.use("UPDATE batch SET ticket = ?2 WHERE id = ?1");
  set->bind(1, batch).bind(2, std::string_view(ticket.text()));
  return set->run();
}

Result<void> Journal::settle(sql::Connection& transaction, std::string_view stream,
                             const IntendedBatch& batch,
                             std::span<const model::RowOutcome> outcomes, Instant now) {
  {
    const sql::Use open = transaction.use("SELECT settled, rows FROM batch WHERE id = ?1");
    open->bind(1, batch.batch);
    FLIT_TRY(found, open->step());
    FLIT_CHECK(found && open->integer(0) == 0, "a batch is settled exactly once");
    FLIT_CHECK(open->integer(1) == static_cast<std::int64_t>(outcomes.size()),
               "every row of a batch has an outcome");
  }
  std::uint64_t done = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const model::RowOutcome& outcome = outcomes[i];
    done += outcome.kind == model::RowOutcome::Kind::done;
    if (outcome.kind == model::RowOutcome::Kind::done && outcome.id.empty()) continue;
    const sql::Use put = transaction.use(
        "INSERT INTO operation_result (operation, outcome, code, message, target_id) VALUES (?1, "
        "?2, ?3, ?4, ?5)");
    put->bind(1, batch.first_operation + static_cast<std::int64_t>(i));
    put->bind(2, static_cast<std::int64_t>(outcome.kind));
    put->bind(3, std::string_view(outcome.error ? outcome.error->code : ""));
    put->bind(4, std::string_view(outcome.error ? outcome.error->message : ""));
    if (!outcome.id.empty()) put->bind(5, std::string_view(outcome.id));
    FLIT_TRY_VOID(put->run());
  }
  {
    const sql::Use set = transaction.use("UPDATE batch SET settled = 1 WHERE id = ?1");
    set->bind(1, batch.batch);
    FLIT_TRY_VOID(set->run());
  }
  FLIT_TRY(covered, results_hash(transaction, batch.batch));
  json::Writer body;
  body.begin_object()
      .member("batch", batch.batch)
      .member("rows", outcomes.size())
      .member("done", done)
      .end_object();
  return append(transaction, {stream, "batch settled", body.view(), covered, now});
}

Result<void> Journal::note(sql::Connection& transaction, std::string_view stream,
                           std::string_view kind, std::string_view body, Instant now) {
  return append(transaction, {stream, kind, body, "", now});
}

Result<void> Journal::seal(sql::Connection& transaction, Instant now) {
  json::Writer body;
  body.begin_object();
  {
    const sql::Use heads = transaction.use(
        "SELECT stream, max(number), hash FROM fact WHERE stream <> 'seal' GROUP BY stream ORDER "
        "BY stream");
    while (true) {
      FLIT_TRY(row, heads->step());
      if (!row) break;
      body.key(heads->text(0)).begin_object().member("number", heads->integer(1));
      body.member("hash", sha256_hex(heads->blob(2))).end_object();
    }
  }
  body.end_object();
  return append(transaction, {seal_stream, "heads", body.view(), "", now});
}

Result<std::int64_t> Journal::last_operation(sql::Connection& reader) const {
  const sql::Use row = reader.use("SELECT coalesce(max(id), 0) FROM operation");
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "max() gives a row");
  return row->integer(0);
}

Result<std::vector<OpenBatch>> Journal::open_batches(sql::Connection& reader) const {
  std::vector<OpenBatch> open;
  const sql::Use rows =
      reader.use("SELECT id, stage, phase, ticket FROM batch WHERE settled = 0 ORDER BY id");
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return open;
    OpenBatch& one = open.emplace_back();
    one.batch = rows->integer(0);
    one.stage.assign(rows->text(1));
    one.phase.assign(rows->text(2));
    if (!rows->is_null(3)) one.ticket = model::Ticket(rows->text(3));
  }
}

Result<Change> Journal::read(sql::Connection& reader, const sql::Statement& row) const {
  Change change;
  change.operation = row.integer(0);
  change.assignment = row.integer(1);
  change.verb = static_cast<model::Verb>(row.integer(2));
  FLIT_TRY(table, names_.text_of(reader, row.integer(3)));
  change.target = {std::move(table), std::string(row.text(4))};
  if (!row.is_null(5)) {
    PayloadCodec codec;
    FLIT_TRY_VOID(codec.restore(row.blob(5), change.before_image.emplace()));
  }
  return change;
}

Result<void> Journal::operations(sql::Connection& reader, std::int64_t batch,
                                 const std::function<Result<void>(const Change&)>& visit) const {
  const sql::Use rows = reader.use(
      "SELECT id, assignment, verb, target_table, target_id, before_image FROM operation WHERE "
      "batch = ?1 "
      "ORDER BY id /* read */");
  rows->bind(1, batch);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY(change, read(reader, *rows));
    FLIT_TRY_VOID(visit(change));
  }
}

Result<void> Journal::changes(sql::Connection& reader, std::string_view table,
                              const std::function<Result<void>(const Change&)>& visit) const {
  FLIT_TRY(number, names_.number_if_known(reader, table));
  if (!number) return {};
  const sql::Use rows = reader.use(
      "SELECT id, assignment, verb, target_table, target_id, before_image FROM operation "
      "WHERE target_table = ?1 ORDER BY id DESC");
  rows->bind(1, *number);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY(change, read(reader, *rows));
    FLIT_TRY_VOID(visit(change));
  }
}

}  // namespace flit::store
