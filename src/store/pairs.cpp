#include "store/pairs.hpp"

namespace flit::store {

Result<void> clear_pairs(sql::Connection& transaction) {
  return transaction.execute("DELETE FROM pair");
}

// Ids are numbers in some sources and text in others: the shorter of two is the smaller number.
Result<void> put_pair(sql::Connection& transaction, const Pair& pair) {
  const bool in_order = pair.one.size() != pair.other.size() ? pair.one.size() < pair.other.size()
                                                             : pair.one < pair.other;
  const sql::Use put = transaction.use(
      "INSERT OR IGNORE INTO pair (name, one, other, named_by, linkable) VALUES (?1, ?2, ?3, ?4, "
      "?5)");
  put->bind(1, std::string_view(pair.name));
  put->bind(2, std::string_view(in_order ? pair.one : pair.other));
  put->bind(3, std::string_view(in_order ? pair.other : pair.one));
  put->bind(4, std::string_view(pair.named_by)).bind(5, std::int64_t{pair.linkable});
  return put->run();
}

Result<void> pairs(sql::Connection& reader, std::string_view name,
                   const std::function<Result<void>(const Pair&)>& visit) {
  const sql::Use rows = reader.use(
      "SELECT name, one, other, named_by, linkable FROM pair WHERE ?1 = '' OR name = ?1 ORDER BY "
      "name, length(one), one, length(other), other");
  rows->bind(1, name);
  while (true) {
    FLIT_TRY(row, rows->step());
    if (!row) return {};
    FLIT_TRY_VOID(visit({.name = std::string(rows->text(0)),
                         .one = std::string(rows->text(1)),
                         .other = std::string(rows->text(2)),
                         .named_by = std::string(rows->text(3)),
                         .linkable = rows->integer(4) != 0}));
  }
}

}  // namespace flit::store
