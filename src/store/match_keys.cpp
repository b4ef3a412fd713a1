#include "store/match_keys.hpp"

namespace flit::store {

Result<void> clear_match_keys(sql::Connection& transaction) {
  return transaction.execute("DELETE FROM match_key");
}

Result<void> add_match_key(sql::Connection& transaction, std::int64_t rule, MatchSide side,
                           std::string_view key, std::string_view id) {
  const sql::Use put = transaction.use(
      "INSERT OR IGNORE INTO match_key (rule, key, side, id) VALUES (?1, ?2, ?3, ?4)");
  put->bind(1, rule).bind(2, key).bind(3, static_cast<std::int64_t>(side)).bind(4, id);
  return put->run();
}

Result<void> match_pairs(sql::Connection& reader, std::int64_t rule, std::string_view after,
                         std::int64_t limit,
                         const std::function<Result<void>(const MatchPair&)>& visit) {
  const sql::Use rows = reader.use(
      "SELECT key, sum(side = 0), sum(side = 1), min(CASE side WHEN 0 THEN id END), min(CASE side "
      "WHEN 1 THEN id END) FROM match_key WHERE rule = ?1 AND key > ?2 GROUP BY key HAVING "
      "sum(side = 0) > 0 AND sum(side = 1) > 0 ORDER BY key LIMIT ?3");
  rows->bind(1, rule).bind(2, after).bind(3, limit);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(visit({.key = std::string(rows->text(0)),
                         .records = rows->integer(1),
                         .rows = rows->integer(2),
                         .record = std::string(rows->text(3)),
                         .row = std::string(rows->text(4))}));
  }
}

Result<void> match_records(sql::Connection& reader, std::int64_t rule, std::string_view key,
                           const std::function<Result<void>(std::string_view)>& visit) {
  const sql::Use rows =
      reader.use("SELECT id FROM match_key WHERE rule = ?1 AND key = ?2 AND side = 0 ORDER BY id");
  rows->bind(1, rule).bind(2, key);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(visit(rows->text(0)));
  }
}

}  // namespace flit::store
