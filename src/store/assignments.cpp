#include "store/assignments.hpp"

#include "base/check.hpp"
#include "store/json_list.hpp"
#include "store/row_readers.hpp"

namespace flit::store {
namespace {

constexpr int none = -1;  // "any" in a filter

#define FLIT_ASSIGNMENT_FILTER                                                                    \
  "a.sampled >= ?4 AND a.pending >= ?5 AND (?8 = -1 OR a.object = ?8) AND (?9 = -1 OR a.depth = " \
  "?9) AND (?10 = -1 OR a.role = ?10) AND (a.pending & ?11) = ?11 ORDER BY a.id LIMIT ?7"

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return {};
  return text;
}

template <typename Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

}  // namespace

namespace {

/// The number of a text, added if it is new; none for an empty one.
Result<std::optional<std::int64_t>> number_unless_empty(Names& names, sql::Connection& transaction,
                                                        const std::string& text) {
  if (text.empty()) return std::optional<std::int64_t>();
  FLIT_TRY(known, names.number_of(transaction, text));
  return std::optional(known);
}

}  // namespace

Result<void> Assignments::plan(sql::Connection& transaction,
                               std::span<const Assignment> assignments) {
  for (const Assignment& one : assignments) {
    FLIT_TRY(object, names_.number_of(transaction, one.object));
    FLIT_TRY(role, names_.number_of(transaction, one.role));
    FLIT_TRY(table, number_unless_empty(names_, transaction, one.table));
    FLIT_TRY(reason, number_unless_empty(names_, transaction, one.reason));
    const sql::Use put = transaction.use(
        "INSERT INTO assignment (source, object, source_id, role, target_table, target_id, "
        "verdict, reason, detail, routed, depth, sampled, pending, affinity) VALUES (?1, ?2, ?3, "
        "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (object, source_id, role) DO "
        "UPDATE SET source = excluded.source, target_table = excluded.target_table, target_id = "
        "excluded.target_id, verdict = excluded.verdict, reason = excluded.reason, detail = "
        "excluded.detail, routed = excluded.routed, depth = excluded.depth, state = 0, sampled = "
        "excluded.sampled, pending = excluded.pending, affinity = excluded.affinity WHERE "
        "assignment.state IN (0, 3, 4)");
    put->bind(1, one.source).bind(2, object).bind(3, std::string_view(one.source_id)).bind(4, role);
    put->bind(5, table).bind(6, unless_empty(one.target_id)).bind(7, number(one.verdict));
    put->bind(8, reason).bind(9, unless_empty(one.detail)).bind(10, std::int64_t{one.routed});
    put->bind(11, one.depth)
        .bind(12, std::int64_t{one.sampled})
        .bind(13, std::int64_t{one.pending})
        .bind(14, one.affinity);
    FLIT_TRY_VOID(put->run());
  }
  return {};
}

Result<void> Assignments::assess(sql::Connection& transaction,
                                 std::span<const Assignment> assignments) {
  for (const Assignment& one : assignments) {
    FLIT_TRY(reason, number_unless_empty(names_, transaction, one.reason));
    const sql::Use set = transaction.use(
        "UPDATE assignment SET verdict = ?2, reason = ?3, detail = ?4, affinity = ?5, pending = ?6 "
        "WHERE id = ?1 AND state = 0");
    set->bind(1, one.id).bind(2, number(one.verdict)).bind(3, reason);
    set->bind(4, unless_empty(one.detail)).bind(5, one.affinity);
    set->bind(6, std::int64_t{one.pending});
    FLIT_TRY_VOID(set->run());
  }
  return {};
}

Result<void> Assignments::take_over_placeholders(sql::Connection& transaction) {
  FLIT_TRY(primary, names_.number_of(transaction, "primary"));
  FLIT_TRY(placeholder, names_.number_of(transaction, "placeholder"));
  FLIT_TRY(reason, names_.number_of(transaction, stood_in_for));
  const sql::Use set = transaction.use(
      "UPDATE assignment SET verdict = ?3, reason = ?4, sampled = p.sampled FROM assignment p "
      "WHERE p.role = ?2 AND p.state = ?5 AND assignment.object = p.object AND "
      "assignment.source_id = p.source_id AND assignment.role = ?1 AND assignment.target_id = "
      "p.target_id AND assignment.state = ?6 AND assignment.verdict = ?7");
  set->bind(1, primary).bind(2, placeholder).bind(3, number(Verdict::update)).bind(4, reason);
  set->bind(5, number(State::done)).bind(6, number(State::planned));
  set->bind(7, number(Verdict::create));
  return set->run();
}

Result<void> Assignments::forget_beside(sql::Connection& transaction) {
  FLIT_TRY(primary, names_.number_of(transaction, "primary"));
  const sql::Use rows = transaction.use("DELETE FROM assignment WHERE role <> ?1 AND state = 0");
  rows->bind(1, primary);
  return rows->run();
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

Result<void> Assignments::set_done(sql::Connection& transaction, std::int64_t id,
                                   std::uint8_t pending) {
  const sql::Use set =
      transaction.use("UPDATE assignment SET state = ?2, pending = ?3 WHERE id = ?1");
  set->bind(1, id).bind(2, number(State::done)).bind(3, std::int64_t{pending});
  return set->run();
}

Result<void> Assignments::set_pending(sql::Connection& transaction, std::int64_t id,
                                      std::uint8_t pending) {
  const sql::Use set = transaction.use("UPDATE assignment SET pending = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, std::int64_t{pending});
  return set->run();
}

Result<void> Assignments::note_edited(sql::Connection& transaction, std::int64_t id) {
  FLIT_TRY(reason, names_.number_of(transaction, edited_meanwhile));
  const sql::Use set = transaction.use("UPDATE assignment SET reason = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, reason);
  return set->run();
}

Result<void> Assignments::mark_sampled(sql::Connection& transaction, std::int64_t id,
                                       bool sampled) {
  const sql::Use set = transaction.use("UPDATE assignment SET sampled = ?2 WHERE id = ?1");
  set->bind(1, id).bind(2, std::int64_t{sampled});
  return set->run();
}

Result<void> Assignments::forget_sample(sql::Connection& transaction) {
  return transaction.execute("UPDATE assignment SET sampled = 0 WHERE sampled = 1 AND state = 0");
}

Result<void> Assignments::fail(sql::Connection& transaction, std::int64_t id,
                               std::string_view reason, std::string_view detail) {
  FLIT_TRY(code, names_.number_of(transaction, reason));
  const sql::Use set =
      transaction.use("UPDATE assignment SET state = ?2, reason = ?3, detail = ?4 WHERE id = ?1");
  set->bind(1, id).bind(2, number(State::failed)).bind(3, code).bind(4, detail);
  return set->run();
}

namespace {

#define FLIT_WORK_SCAN                                                                           \
  "SELECT " FLIT_ASSIGNMENT_COLUMNS                                                              \
  " FROM assignment a WHERE a.target_table = ?1 AND a.verdict = ?2 AND a.state = ?3 AND a.id > " \
  "?6 AND "

/// With all three known an index of work is used, which an "or" would hide.
const char* scan_of(const AssignmentFilter& filter, bool has_table) {
  if (!has_table || !filter.verdict || !filter.state)
    return "SELECT " FLIT_ASSIGNMENT_COLUMNS
           " FROM assignment a WHERE (?1 = -1 OR a.target_table = ?1) AND (?2 = -1 OR a.verdict = "
           "?2) AND (?3 = -1 OR a.state = ?3) AND a.id > ?6 AND " FLIT_ASSIGNMENT_FILTER;
  return filter.only_pending ? FLIT_WORK_SCAN "a.pending > 0 AND " FLIT_ASSIGNMENT_FILTER
                             : FLIT_WORK_SCAN FLIT_ASSIGNMENT_FILTER;
}

}  // namespace

Result<void> Assignments::scan(sql::Connection& reader, const AssignmentFilter& filter,
                               std::int64_t after, std::int64_t limit, const Visit& visit) const {
  FLIT_TRY(table, names_.number_if_known(reader, filter.table));
  FLIT_TRY(object, names_.number_if_known(reader, filter.object));
  FLIT_TRY(role, names_.number_if_known(reader, filter.role));
  if ((!table && !filter.table.empty()) || (!object && !filter.object.empty()) ||
      (!role && !filter.role.empty()))
    return {};
  const sql::Use rows = reader.use(scan_of(filter, table.has_value()));
  rows->bind(1, table.value_or(none));
  rows->bind(2, filter.verdict ? number(*filter.verdict) : none);
  rows->bind(3, filter.state ? number(*filter.state) : none);
  rows->bind(4, std::int64_t{filter.only_sampled}).bind(5, std::int64_t{filter.only_pending});
  rows->bind(6, after).bind(7, limit).bind(8, object.value_or(none));
  rows->bind(9, filter.depth.value_or(none)).bind(10, role.value_or(none));
  rows->bind(11, std::int64_t{filter.pending});
  while (true) {
    FLIT_TRY(found, rows->step());
    if (!found) return {};
    FLIT_TRY(one, read_assignment(names_, reader, *rows));
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
                 " FROM assignment a WHERE a.object = ?1 AND a.source_id = ?2 AND a.role = ?3");
  row->bind(1, *object_number).bind(2, source_id).bind(3, *role_number);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Assignment>();
  FLIT_TRY(one, read_assignment(names_, reader, *row));
  return std::optional(std::move(one));
}

Result<void> Assignments::find_all(sql::Connection& reader, std::string_view object,
                                   std::span<const std::string> source_ids, std::string_view role,
                                   const Visit& visit) const {
  FLIT_TRY(object_number, names_.number_if_known(reader, object));
  FLIT_TRY(role_number, names_.number_if_known(reader, role));
  if (!object_number || !role_number || source_ids.empty()) return {};
  const std::string list = json_list(source_ids);
  const sql::Use rows = reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS
                                   " FROM json_each(?2) list CROSS JOIN assignment a ON a.object = "
                                   "?1 AND a.source_id = list.value "
                                   "AND a.role = ?3");
  rows->bind(1, *object_number).bind(2, std::string_view(list)).bind(3, *role_number);
  while (true) {
    FLIT_TRY(found, rows->step());
    if (!found) return {};
    FLIT_TRY(one, read_assignment(names_, reader, *rows));
    FLIT_TRY_VOID(visit(one));
  }
}

Result<std::optional<Assignment>> Assignments::by_id(sql::Connection& reader,
                                                     std::int64_t id) const {
  const sql::Use row =
      reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS " FROM assignment a WHERE a.id = ?1");
  row->bind(1, id);
  FLIT_TRY(found, row->step());
  if (!found) return std::optional<Assignment>();
  FLIT_TRY(one, read_assignment(names_, reader, *row));
  return std::optional(std::move(one));
}

// A scan: nobody asks this in bulk, and an index over millions of random ids would cost every load.
Result<std::vector<Assignment>> Assignments::by_target(sql::Connection& reader,
                                                       std::string_view target_id) const {
  std::vector<Assignment> found;
  const sql::Use rows = reader.use("SELECT " FLIT_ASSIGNMENT_COLUMNS
                                   " FROM assignment a WHERE a.target_id = ?1 ORDER BY a.id");
  rows->bind(1, target_id);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return found;
    FLIT_TRY(one, read_assignment(names_, reader, *rows));
    found.push_back(std::move(one));
  }
}

Result<std::uint64_t> Assignments::count_made(sql::Connection& reader,
                                              std::string_view table) const {
  FLIT_TRY(number_of_table, names_.number_if_known(reader, table));
  if (!number_of_table) return std::uint64_t{0};
  const sql::Use row = reader.use(
      "SELECT count(*) FROM assignment WHERE target_table = ?1 AND verdict = ?2 AND state = ?3");
  row->bind(1, *number_of_table).bind(2, number(Verdict::create)).bind(3, number(State::done));
  FLIT_TRY(found, row->step());
  FLIT_CHECK(found, "count(*) gives a row");
  return static_cast<std::uint64_t>(row->integer(0));
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
