#include "store/undoing.hpp"

#include <vector>

#include "base/check.hpp"

namespace flit::store {
namespace {

std::int64_t number(State state) {
  return static_cast<std::int64_t>(state);
}

/// The ids that a statement yields, so that it is done before another reads them.
Result<std::vector<std::int64_t>> ids_of(sql::Statement& rows) {
  std::vector<std::int64_t> ids;
  while (true) {
    FLIT_TRY(found, rows.step());
    if (!found) return ids;
    ids.push_back(rows.integer(0));
  }
}

}  // namespace

Result<void> Undoing::visit_all(sql::Connection& reader, const std::vector<std::int64_t>& ids,
                                const Assignments::Visit& visit) const {
  for (const std::int64_t id : ids) {
    FLIT_TRY(one, assignments_.by_id(reader, id));
    FLIT_CHECK(one.has_value(), "an assignment that was just found is there");
    FLIT_TRY_VOID(visit(*one));
  }
  return {};
}

Result<void> Undoing::reached(sql::Connection& reader, const UndoFilter& filter, std::int64_t after,
                              std::int64_t limit, const Assignments::Visit& visit) const {
  FLIT_TRY(table, names_.number_if_known(reader, filter.table));
  if (!table) return {};
  std::vector<std::int64_t> ids;
  {
    const sql::Use rows = reader.use(
        "SELECT id FROM assignment WHERE target_table = ?1 AND depth = ?2 AND sampled >= ?3 AND "
        "verdict = ?6 AND state IN (1, 2, 3, 5) AND id > ?4 ORDER BY id LIMIT ?5");
    rows->bind(1, *table).bind(2, filter.depth).bind(3, std::int64_t{filter.only_sampled});
    rows->bind(4, after).bind(5, limit).bind(6, static_cast<std::int64_t>(filter.verdict));
    FLIT_TRY(found, ids_of(*rows));
    ids = std::move(found);
  }
  return visit_all(reader, ids, visit);
}

Result<Reach> Undoing::reach(sql::Connection& reader, std::string_view table,
                             bool only_sampled) const {
  Reach reach;
  FLIT_TRY(number, names_.number_if_known(reader, table));
  if (!number) return reach;
  const sql::Use row = reader.use(
      "SELECT count(*), max(depth) FROM assignment WHERE target_table = ?1 AND sampled >= ?2 AND "
      "verdict IN (0, 1) AND state IN (1, 2, 3, 5)");
  row->bind(1, *number).bind(2, std::int64_t{only_sampled});
  FLIT_TRY(found, row->step());
  if (!found) return reach;
  reach.rows = static_cast<std::uint64_t>(row->integer(0));
  reach.deepest = row->optional_integer(1).value_or(0);
  return reach;
}

Result<std::uint64_t> Undoing::created(sql::Connection& reader, std::string_view table) const {
  FLIT_TRY(number, names_.number_if_known(reader, table));
  if (!number) return std::uint64_t{0};
  const sql::Use row = reader.use(
      "SELECT count(*) FROM assignment WHERE target_table = ?1 AND verdict = 0 AND state IN (2, "
      "5)");
  row->bind(1, *number);
  FLIT_TRY(found, row->step());
  return found ? static_cast<std::uint64_t>(row->integer(0)) : std::uint64_t{0};
}

/// Whatever process did it: the journal knows which rows a rollback wrote for.
Result<TakenBack> Undoing::taken_back(sql::Connection& reader) const {
  const sql::Use rows = reader.use(
      "SELECT a.state, a.verdict, count(*) FROM assignment a WHERE a.state = 5 OR a.state = 4 AND "
      "EXISTS (SELECT 1 FROM operation p JOIN batch b ON b.id = p.batch WHERE p.assignment = a.id "
      "AND b.stage = 'S-10') GROUP BY a.state, a.verdict");
  TakenBack taken;
  while (true) {
    FLIT_TRY(found, rows->step());
    if (!found) return taken;
    const auto count = static_cast<std::uint64_t>(rows->integer(2));
    if (rows->integer(0) == number(State::kept))
      taken.kept += count;
    else
      (rows->integer(1) == 0 ? taken.deleted : taken.restored) += count;
  }
}

Result<void> Undoing::keep(sql::Connection& transaction, std::int64_t id, std::string_view reason,
                           std::string_view detail) {
  FLIT_TRY(code, names_.number_of(transaction, reason));
  const sql::Use set = transaction.use(
      "UPDATE assignment SET state = ?2, reason = ?3, detail = ?4 WHERE id = ?1 "
      "/* kept */");
  set->bind(1, id).bind(2, number(State::kept)).bind(3, code).bind(4, detail);
  return set->run();
}

Result<void> Undoing::kept(sql::Connection& reader, const Assignments::Visit& visit) const {
  std::vector<std::int64_t> ids;
  std::int64_t after = 0;
  do {
    {
      const sql::Use rows = reader.use(
          "SELECT id FROM assignment WHERE state = ?1 AND id > ?2 ORDER BY id LIMIT 1000");
      rows->bind(1, number(State::kept)).bind(2, after);
      FLIT_TRY(found, ids_of(*rows));
      ids = std::move(found);
    }
    if (!ids.empty()) after = ids.back();
    FLIT_TRY_VOID(visit_all(reader, ids, visit));
  } while (!ids.empty());
  return {};
}

Result<void> Undoing::reopen(sql::Connection& transaction, bool only_sampled) {
  const sql::Use set = transaction.use(
      "UPDATE assignment SET state = 0, pending = 0, sampled = 0 WHERE state <> ?1 AND sampled >= "
      "?2");
  set->bind(1, number(State::kept)).bind(2, std::int64_t{only_sampled});
  return set->run();
}

}  // namespace flit::store
