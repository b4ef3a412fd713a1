#include "engine/reconciliation.hpp"

#include <algorithm>
#include <utility>

#include "engine/also_rows.hpp"
#include "engine/destination_digest.hpp"
#include "engine/line.hpp"
#include "store/notebook.hpp"
#include "store/undoing.hpp"

namespace flit::engine {
namespace {

using store::Outcome;

// Mismatches of one transaction.
constexpr std::size_t mismatches_per_commit = 500;

void add(ObjectBooks& books, const store::OutcomeCount& count) {
  switch (count.outcome) {
    case Outcome::created:
      books.created += count.count;
      break;
    case Outcome::updated:
      books.updated += count.count;
      break;
    case Outcome::matched:
      books.matched += count.count;
      break;
    case Outcome::merged:
      books.merged += count.count;
      break;
    case Outcome::skipped:
      books.skipped += count.count;
      break;
    case Outcome::failed:
      books.failed += count.count;
      break;
    case Outcome::held:
      books.held += count.count;
      break;
    case Outcome::open:
      books.open += count.count;
      break;
  }
  if (count.routed) books.routed += count.count;
}

/// What a reconciliation found wrong, on its way into the ledger.
class MismatchLog {
 public:
  explicit MismatchLog(const Environment& environment) : environment_(environment) {}

  Result<void> clear() {
    return environment_.ledger.commit(
        [](store::sql::Connection& transaction) { return store::clear_mismatches(transaction); });
  }

  Result<void> add(const RecordDifference& record) {
    if (!record.found) {
      waiting_.push_back({record.assignment, "", std::string(to_string(CellVerdict::missing)),
                          "the row is not there"});
    } else {
      for (const FieldDifference& field : record.fields)
        waiting_.push_back({record.assignment, field.column, std::string(to_string(field.verdict)),
                            field.explanation});
    }
    return waiting_.size() < mismatches_per_commit ? Result<void>() : flush();
  }

  Result<void> flush() {
    Result<void> written =
        environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
          for (const store::Mismatch& one : waiting_)
            FLIT_TRY_VOID(store::put_mismatch(transaction, one));
          return {};
        });
    if (!written) return written;
    waiting_.clear();
    return {};
  }

 private:
  const Environment& environment_;
  std::vector<store::Mismatch> waiting_;
};

Result<std::uint64_t> count_rows(const Migration& migration, const std::string& table,
                                 std::stop_token stop) {
  std::uint64_t rows = 0;
  std::optional<model::Cursor> cursor;
  using Next = std::optional<model::Cursor>;
  do {
    std::uint64_t page = 0;
    FLIT_TRY(next, migration.pacer.call<Next>(Repeat::reads, stop, [&] {
      page = 0;
      return migration.destination.reader.scan(
          {.table = table}, cursor,
          [&](const model::ReadRow&) -> Result<void> {
            ++page;
            return {};
          },
          stop);
    }));
    rows += page;
    cursor = std::move(next);
  } while (cursor);
  return rows;
}

void append_counts(json::Writer& out, const ObjectBooks& books) {
  out.member("source", books.source).member("created", books.created);
  out.member("updated", books.updated).member("matched", books.matched);
  out.member("merged", books.merged).member("skipped", books.skipped);
  out.member("failed", books.failed).member("held", books.held).member("routed", books.routed);
  if (books.open > 0) out.member("open", books.open);
}

void append_comparison(json::Writer& out, const ObjectBooks& books) {
  out.member("links", books.links).member("records_compared", books.compared.records);
  out.member("fields_compared", books.compared.fields);
  out.member("mismatches", books.compared.mismatches());
  out.member("edited", books.compared.of(CellVerdict::edited));
}

}  // namespace

bool ObjectBooks::balanced() const {
  return open == 0 && source == created + updated + matched + merged + skipped + failed + held;
}

ObjectBooks& ObjectBooks::operator+=(const ObjectBooks& other) {
  source += other.source;
  created += other.created;
  updated += other.updated;
  matched += other.matched;
  merged += other.merged;
  skipped += other.skipped;
  failed += other.failed;
  held += other.held;
  routed += other.routed;
  open += other.open;
  links += other.links;
  compared += other.compared;
  return *this;
}

std::int64_t TableBooks::unexplained() const {
  return static_cast<std::int64_t>(now) - static_cast<std::int64_t>(before + ours + companions);
}

bool ReconciliationResult::balanced() const {
  return std::all_of(objects.begin(), objects.end(),
                     [](const auto& object) { return object.second.balanced(); });
}

Result<ReconciliationResult> Reconciliation::run(std::stop_token stop) {
  ReconciliationResult result;
  FLIT_TRY_VOID(count_outcomes(result));
  FLIT_TRY_VOID(count_ours(result));
  FLIT_TRY_VOID(count_tables(result, stop));
  FLIT_TRY_VOID(compare(result, stop));
  for (const auto& [name, books] : result.objects) result.total += books;
  return result;
}

/// Every object that the source gave records of, described or not.
Result<void> Reconciliation::count_outcomes(ReconciliationResult& result) const {
  const Environment& environment = migration_.environment;
  return environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const model::Object& object : migration_.map.source().objects) {
      FLIT_TRY(records, environment.books.staging.count(reader, object.name));
      if (records > 0) result.objects[object.name].source = records;
    }
    FLIT_TRY(counts, environment.books.assignments.count(reader));
    for (const store::OutcomeCount& count : counts) {
      if (!result.objects.contains(count.object)) {
        FLIT_TRY(records, environment.books.staging.count(reader, count.object));
        result.objects[count.object].source = records;
      }
      ObjectBooks& books = result.objects[count.object];
      if (count.role == "primary")
        add(books, count);
      else if (count.outcome == Outcome::created || count.outcome == Outcome::updated)
        books.links += count.count;
      else if (is_also(count.role) && count.outcome == Outcome::open)
        books.open += count.count;
    }
    return {};
  });
}

/// Rows that we created, table by table, and what they bring with them.
Result<void> Reconciliation::count_ours(ReconciliationResult& result) const {
  const Environment& environment = migration_.environment;
  FLIT_TRY(before, before_of(environment));
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  std::map<std::string, std::uint64_t> ours;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const std::string& table : business_tables(migration_)) {
      FLIT_TRY(created, undoing.created(reader, table));
      ours[table] = created;
    }
    return {};
  }));
  for (const auto& [table, created] : ours) {
    TableBooks& books = result.tables[table];
    books.ours = created;
    if (before)
      if (const auto known = before->digest.tables.find(table);
          known != before->digest.tables.end())
        books.before = known->second.rows;
  }
  for (const model::Companion& one : migration_.destination.companions) {
    const auto beside = ours.find(one.beside);
    if (beside == ours.end() || beside->second == 0) continue;
    TableBooks& books = result.tables[one.table];
    books.companions += one.rows * beside->second;
    books.some_companions = books.some_companions || one.rows == 0;
    books.because = one.because;
  }
  return {};
}

Result<void> Reconciliation::count_tables(ReconciliationResult& result,
                                          std::stop_token stop) const {
  FLIT_TRY(schema, migration_.pacer.call<model::Schema>(Repeat::reads, stop, [&] {
    return migration_.destination.schema.describe(business_tables(migration_), stop);
  }));
  std::size_t next = 0;
  using Counted = std::pair<std::string, std::uint64_t>;
  Line<std::string, Counted> line{
      .name = "counting rows",
      .lanes = settings_.lanes,
      .next = [&]() -> Result<std::optional<std::string>> {
        return next < schema.objects.size() ? std::optional(schema.objects[next++].name)
                                            : std::nullopt;
      },
      .work = [&](std::size_t, std::string& table, std::stop_token lane_stop) -> Result<Counted> {
        FLIT_TRY(rows, count_rows(migration_, table, lane_stop));
        return Counted(table, rows);
      },
      .collect = [&](Counted&& counted) -> Result<void> {
        result.tables[counted.first].now = counted.second;
        return {};
      }};
  return engine::run(migration_.environment.executor, line, std::move(stop));
}

Result<void> Reconciliation::compare(ReconciliationResult& result, std::stop_token stop) {
  MismatchLog log(migration_.environment);
  FLIT_TRY_VOID(log.clear());
  const DifferenceSettings settings{.only_sampled = false,
                                    .every_field = false,
                                    .lanes = settings_.lanes,
                                    .at_most = settings_.sample};
  FLIT_TRY_VOID(compare_rows(
      migration_, settings,
      [&](const RecordDifference& record) -> Result<void> {
        result.objects[record.object].compared += record.counts;
        if (record.found && record.fields.empty()) return {};
        return log.add(record);
      },
      std::move(stop)));
  return log.flush();
}

void append(json::Writer& out, const ReconciliationResult& result) {
  out.member("balanced", result.balanced()).key("records").begin_object();
  append_counts(out, result.total);
  out.end_object();
  append_comparison(out, result.total);
  out.key("objects").begin_object();
  for (const auto& [name, books] : result.objects) {
    out.key(name).begin_object().member("balanced", books.balanced());
    append_counts(out, books);
    append_comparison(out, books);
    out.end_object();
  }
  out.end_object().key("tables").begin_object();
  for (const auto& [name, books] : result.tables) {
    out.key(name).begin_object().member("before", books.before).member("ours", books.ours);
    out.member("companions", books.companions).member("now", books.now);
    if (!books.some_companions) out.member("unexplained", books.unexplained());
    if (!books.because.empty()) out.member("because", books.because);
    out.end_object();
  }
  out.end_object();
}

}  // namespace flit::engine
