#include "store/assignments.hpp"

#include "base/check.hpp"

namespace flit::store {
namespace {

constexpr int none = -1;  // "any" in a filter

// Columns in the order in which read() takes them.
#define FLIT_ASSIGNMENT_COLUMNS                                                             \
  "id, source, object, source_id, role, target_table, target_id, verdict, reason, detail, " \
  "routed, "                                                                                \
  "depth, state, sampled, pending"

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return {};
  return text;
}

template <typename Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

Result<void> Assignments::plan(sql::Connection& transaction,
                               std::span<const Assignment> assignments) {
  for (const Assignment& one : assignments) {
    FLIT_TRY(object, names_.number_of(transaction, one.object));
    FLIT_TRY(role, names_.number_of(transaction, one.role));
    std::optional<std::int64_t> table;
    if (!one.table.empty()) {
      FLIT_TRY(known, names_.number_of(transaction, one.table));
      table = known;
    }
    std::optional<std::int64_t> reason;
    if (!one.reason.empty()) {
      FLIT_TRY(known, names_.number_of(transaction, one.reason));
      reason = known;
    }
    const sql::Use put = transaction.use(
        "INSERT INTO assignment (source, object, source_id, role, target_table, target_id, "
        "verdict, reason, "
        "detail, routed, depth, sampled, pending) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, "
        "?13) ON CONFLICT (object, source_id, role) DO UPDATE SET source = excluded.source, "
        "target_table = "
        "excluded.target_table, target_id = excluded.target_id, verdict = excluded.verdict, reason "
        "= "
        "excluded.reason, detail = excluded.detail, routed = excluded.routed, depth = "
        "excluded.depth, "
        "sampled = excluded.sampled, pending = excluded.pending WHERE assignment.state = 0");
    put->bind(1, one.source).bind(2, object).bind(3, std::string_view(one.source_id)).bind(4, role);
    put->bind(5, table).bind(6, unless_empty(one.target_id)).bind(7, number(one.verdict));
    put->bind(8, reason).bind(9, unless_empty(one.detail)).bind(10, std::int64_t{one.routed});
    put->bind(11, one.depth)
        .bind(12, std::int64_t{one.sampled})
        .bind(13, std::int64_t{one.pending});
    FLIT_TRY_VOID(put->run());
  }
  return {};
}

Result<void> Assignments::set_state(sql::Connection& transaction, std::int64_t id, State state) {
  const sql::Use set = transaction.use("UPDATE assignment SET state = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, number(state));
  return set->run();
}

Result<void> Assignments::set_target(sql::Connection& transaction, std::int64_t id,
                                     std::string_view target_id) {
  const sql::Use set = transaction.use("UPDATE assignment SET target_id = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, target_id);
  return set->run();
}

Result<void> Assignments::set_pending(sql::Connection& transaction, std::int64_t id,
                                      std::uint8_t pending) {
  const sql::Use set = transaction.use("UPDATE assignment SET pending = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, std::int64_t{pending});
  return set->run();
}

Result<void> Assignments::mark_sampled(sql::Connection& transaction, std::int64_t id,
                                       bool sampled) {
  const sql::Use set = transaction.use("UPDATE assignment SET sampled = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, std::int64_t{sampled});
  return set->run();
}

Result<void> Assignments::fail(sql::Connection& transaction, std::int64_t id,
                               std::string_view reason, std::string_view detail) {
  FLIT_TRY(code, names_.number_of(transaction, reason));
  const sql::Use set =
      transaction.use("UPDATE assignment SET state = ?2, reason = ?3, detail = ?4 WHERE id = ?1");
  set->bind(1, id).bind(2, number(State::failed)).bind(3, code).bind(4, detail);
  return set->run();
}

Result<Assignment> Assignments::read(sql::Connection& reader, const sql::Statement& row) const {
  Assignment one;
  one.id = row.integer(0);
  one.source = row.integer(1);
  FLIT_TRY(object, names_.text_of(reader, row.integer(2)));
  one.object = std::move(object);
  one.source_id.assign(row.text(3));
  FLIT_TRY(role, names_.text_of(reader, row.integer(4)));
  one.role = std::move(role);
  if (!row.is_null(5)) {
    FLIT_TRY(table, names_.text_of(reader, row.integer(5)));
    one.table = std::move(table);
  }
  one.target_id = row.optional_text(6).value_or("");
  one.verdict = static_cast<Verdict>(row.integer(7));
  if (!row.is_null(8)) {
    FLIT_TRY(reason, names_.text_of(reader, row.integer(8)));
    one.reason = std::move(reason);
  }
  one.detail = row.optional_text(9).value_or("");
  one.routed = row.integer(10) != 0;
  one.depth = row.integer(11);
  one.state = static_cast<State>(row.integer(12));
  one.sampled = row.integer(13) != 0;
  one.pending = static_cast<std::uint8_t>(row.integer(14));
  return one;
}

Result<void> Assignments::scan(sql::Connection& reader, const AssignmentFilter& filter,
                               std::int64_t after, std::int64_t limit, const Visit& visit) const {
  FLIT_TRY(table, names_.number_if_known(reader, filter.table));
  FLIT_TRY(object, names_.number_if_known(reader, filter.object));
  if ((!table && !filter.table.empty()) || (!object && !filter.object.empty())) return {};
  const sql::Use rows = reader.use(
      "SELECT " FLIT_ASSIGNMENT_COLUMNS
      " FROM assignment WHERE (?1 = -1 OR target_table = ?1) AND (?2 = -1 OR verdict = ?2) AND (?3 "
      "= -1 OR state = ?3) AND sampled >= ?4 AND pending >= ?5 AND id > ?6 AND (?8 = -1 OR object "
      "= "
      "?8) AND (?9 = -1 OR depth = ?9) ORDER BY id LIMIT ?7");
  rows->bind(1, table.value_or(none));
  rows->bind(2, filter.verdict ? number(*filter.verdict) : none);
  rows->bind(3, filter.state ? number(*filter.state) : none);
  rows->bind(4, std::int64_t{filter.only_sampled}).bind(5, std::int64_t{filter.only_pending});
  rows->bind(6, after)
      .bind(7, limit)
      .bind(8, object.value_or(none))
      .bind(9, filter.depth.value_or(none));
  while (true) {
    FLIT_TRY(found, rows->step());
    if (!found) return {};
    FLIT_TRY(one, read(reader, *rows));
    FLIT_TRY_VOID(visit(one));
  }
}

Result<std::optional<Assignment>> Assignments::find(sql::Connection& reader,
                                                    std::string_view object,
                                                    std::string_view source_id,
                                                    std::string_view role) const {
  FLIT_TRY(object_number, names_.number_if_known(reader, object));
  FLIT_TRY(role_number, names_.number_if_known(reader, role));
  if (!object_number || !role_number) return std::optional<Assignment>();
  const sql::Use row =
      reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS
                 " FROM assignment WHERE object = ?1 AND source_id = ?2 AND role = ?3");
  row->bind(1, *object_number).bind(2, source_id).bind(3, *role_number);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Assignment>();
  FLIT_TRY(one, read(reader, *row));
  return std::optional(std::move(one));
}

Result<std::optional<Assignment>> Assignments::by_id(sql::Connection& reader,
                                                     std::int64_t id) const {
  const sql::Use row =
      reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS " FROM assignment WHERE id = ?1");
  row->bind(1, id);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Assignment>();
  FLIT_TRY(one, read(reader, *row));
  return std::optional(std::move(one));
}

// A scan: nobody asks this in bulk, and an index over millions of random ids would cost every load.
Result<std::vector<Assignment>> Assignments::by_target(sql::Connection& reader,
                                                       std::string_view target_id) const {
  std::vector<Assignment> found;
  const sql::Use rows = reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS
                                   " FROM assignment WHERE target_id = ?1 ORDER BY id");
  rows->bind(1, target_id);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return found;
    FLIT_TRY(one, read(reader, *rows));
    found.push_back(std::move(one));
  }
}

Result<std::vector<OutcomeCount>> Assignments::count(sql::Connection& reader) const {
  std::vector<OutcomeCount> counts;
  const sql::Use rows = reader.use(
      "SELECT object, role, verdict, state, routed, count(*) FROM assignment "
      "GROUP BY object, role, verdict, state, routed ORDER BY object, role, verdict, state, "
      "routed");
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return counts;
    FLIT_TRY(object, names_.text_of(reader, rows->integer(0)));
    FLIT_TRY(role, names_.text_of(reader, rows->integer(1)));
    const Outcome outcome =
        outcome_of(static_cast<Verdict>(rows->integer(2)), static_cast<State>(rows->integer(3)));
    counts.push_back({std::move(object), std::move(role), outcome, rows->integer(4) != 0,
                      static_cast<std::uint64_t>(rows->integer(5))});
  }
}

}  // namespace flit::store
