#pragma once
/// @file Records that refer to records of their own object, put into loading order.
///
/// Parents load before children, wave by wave, so that a reference is there when it is written.
/// Depth is computed inside the database, one statement a level: memory does not grow with the
/// records. A cycle is cut at the edge that leaves its highest id (facts/sources.md XI-07); the
/// rest of the chain is kept.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// One cycle, and where it was cut.
struct CutCycle {
  std::vector<std::string>
      ids;  ///< in the order child → parent, beginning with the one that was cut
};

class Hierarchies {
 public:
  explicit Hierarchies(Names& names) : names_(names) {}

  Result<void> clear(sql::Connection& transaction, std::string_view object);
  Result<void> add(sql::Connection& transaction, std::string_view object, std::string_view child,
                   std::string_view parent);

  /// Gives every child its depth, cuts every cycle, and copies the depths to the assignments of the
  /// role "primary". Idempotent.
  Result<std::vector<CutCycle>> order(sql::Connection& transaction, std::string_view object);

  Result<bool> is_cut(sql::Connection& reader, std::string_view object,
                      std::string_view child) const;
  Result<std::int64_t> deepest(sql::Connection& reader, std::string_view object) const;

 private:
  static Result<void> spread(sql::Connection& transaction, std::int64_t object);
  static Result<std::vector<std::string>> some_cycle(sql::Connection& transaction,
                                                     std::int64_t object);
  static Result<void> cut(sql::Connection& transaction, std::int64_t object,
                          const std::string& child);

  Names& names_;
};

}  // namespace flit::store
