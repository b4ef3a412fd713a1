#include "store/planned_rows.hpp"

#include "store/verdict.hpp"

namespace flit::store {

Result<std::vector<PlannedRows>> planned_rows(sql::Connection& reader) {
  std::vector<PlannedRows> all;
  const sql::Use rows = reader.use(
      "SELECT n.text, count(*), sum(a.pending <> 0) FROM assignment a JOIN name n ON n.id = "
      "a.target_table WHERE a.verdict IN (?1, ?2) GROUP BY a.target_table ORDER BY n.text");
  rows->bind(1, static_cast<std::int64_t>(Verdict::create));
  rows->bind(2, static_cast<std::int64_t>(Verdict::update));
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return all;
    all.push_back({std::string(rows->text(0)), static_cast<std::uint64_t>(rows->integer(1)),
                   static_cast<std::uint64_t>(rows->integer(2))});
  }
}

}  // namespace flit::store
