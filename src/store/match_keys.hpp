#pragma once
/// @file Values by which records and rows that already live over there may be the same: collected
/// on both sides, then proven unique.
///
/// A work table of the preflight, emptied before each pass; nothing else reads it. Writers take the
/// connection of a Ledger transaction, readers that of Ledger::read().

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

enum class MatchSide : std::uint8_t { source = 0, destination = 1 };

/// A value that stands on both sides.
struct MatchPair {
  std::string key{};
  std::int64_t records = 0;  ///< at the source
  std::int64_t rows = 0;     ///< over there
  std::string record{};      ///< one of the source ids
  std::string row{};         ///< one of the rows' ids
  bool unique() const { return records == 1 && rows == 1; }
};

Result<void> clear_match_keys(sql::Connection& transaction);
Result<void> add_match_key(sql::Connection& transaction, std::int64_t rule, MatchSide side,
                           std::string_view key, std::string_view id);

/// At most `limit` values of a rule with key > after, ascending.
Result<void> match_pairs(sql::Connection& reader, std::int64_t rule, std::string_view after,
                         std::int64_t limit,
                         const std::function<Result<void>(const MatchPair&)>& visit);

/// All source ids that have this value.
Result<void> match_records(sql::Connection& reader, std::int64_t rule, std::string_view key,
                           const std::function<Result<void>(std::string_view)>& visit);

}  // namespace flit::store
