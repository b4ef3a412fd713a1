#pragma once
/// @file What a rollback reads and writes about assignments, and how a ledger is made ready for the
/// generation behind it.
///
/// Writers take the connection of a transaction, readers that of Ledger::read().

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/assignments.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct UndoFilter {
  std::string_view table;
  Verdict verdict = Verdict::create;  ///< or update: rows that were there before us
  std::int64_t depth = 0;
  bool only_sampled = false;
};

/// How many rows of one table a write may have reached.
struct Reach {
  std::uint64_t rows = 0;
  std::int64_t deepest = 0;
};

struct TakenBack {
  std::uint64_t deleted = 0;
  std::uint64_t restored = 0;
  std::uint64_t kept = 0;
};

class Undoing {
 public:
  Undoing(Names& names, const Assignments& assignments)
      : names_(names), assignments_(assignments) {}

  /// At most `limit` assignments of a table and depth, id > after, ascending, that a write may have
  /// reached: sent, done, refused over there, or kept by an earlier rollback.
  Result<void> reached(sql::Connection& reader, const UndoFilter& filter, std::int64_t after,
                       std::int64_t limit, const Assignments::Visit& visit) const;
  Result<Reach> reach(sql::Connection& reader, std::string_view table, bool only_sampled) const;

  /// Rows of a table that we created and that are, as far as we know, over there.
  Result<std::uint64_t> created(sql::Connection& reader, std::string_view table) const;

  /// Rows that were deleted, and whose old values were put back, since the last reopen().
  Result<TakenBack> taken_back(sql::Connection& reader) const;

  /// It stays over there, and why.
  Result<void> keep(sql::Connection& transaction, std::int64_t id, std::string_view reason,
                    std::string_view detail);

  /// Every row that a rollback left over there, with its reason.
  Result<void> kept(sql::Connection& reader, const Assignments::Visit& visit) const;

  /// Everything that was taken back, was refused or never left is planned anew; what was kept stays
  /// as it is.
  Result<void> reopen(sql::Connection& transaction, bool only_sampled);

 private:
  Result<void> visit_all(sql::Connection& reader, const std::vector<std::int64_t>& ids,
                         const Assignments::Visit& visit) const;

  Names& names_;
  const Assignments& assignments_;
};

}  // namespace flit::store
