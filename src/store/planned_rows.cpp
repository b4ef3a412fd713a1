#include "store/planned_rows.hpp"

#include "store/verdict.hpp"

namespace flit::store {
namespace {

template <typename Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

Result<std::vector<PlannedRows>> all_of(sql::Statement& rows) {
  std::vector<PlannedRows> all;
  while (true) {
    FLIT_TRY(row, rows.step());
    if (!row) return all;
    all.push_back({std::string(rows.text(0)), static_cast<std::uint64_t>(rows.integer(1)),
                   static_cast<std::uint64_t>(rows.integer(2))});
  }
}

}  // namespace

Result<std::vector<PlannedRows>> planned_rows(sql::Connection& reader) {
  const sql::Use rows = reader.use(
      "SELECT n.text, count(*), sum(a.pending <> 0) FROM assignment a JOIN name n ON n.id = "
      "a.target_table WHERE a.verdict IN (?1, ?2) GROUP BY a.target_table ORDER BY n.text");
  rows->bind(1, number(Verdict::create)).bind(2, number(Verdict::update));
  return all_of(*rows);
}

/// Asked name by name, so that the indexes of work answer: what is done is not walked over.
Result<std::vector<PlannedRows>> rows_left(sql::Connection& reader, bool only_sampled) {
  const sql::Use rows = reader.use(
      "SELECT n.text, (SELECT count(*) FROM assignment a WHERE a.target_table = n.id AND a.verdict "
      "IN (?1, ?2) AND a.state IN (?3, ?4) AND a.sampled >= ?6), (SELECT count(*) FROM assignment "
      "a WHERE a.target_table = n.id AND a.verdict IN (?1, ?2) AND a.state IN (?3, ?4, ?5) AND "
      "a.pending > 0 AND a.sampled >= ?6) FROM name n WHERE EXISTS (SELECT 1 FROM assignment a "
      "WHERE a.target_table = n.id AND a.verdict IN (?1, ?2)) ORDER BY n.text");
  rows->bind(1, number(Verdict::create)).bind(2, number(Verdict::update));
  rows->bind(3, number(State::planned)).bind(4, number(State::intended));
  rows->bind(5, number(State::done)).bind(6, std::int64_t{only_sampled});
  return all_of(*rows);
}

}  // namespace flit::store
