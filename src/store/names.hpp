#pragma once
/// @file The ledger's dictionary: texts that stand in millions of rows are stored as small
/// integers.
///
/// Objects, tables, roles and reason codes; a few hundred at most, so they are all kept in memory.
/// Thread-safe.

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

class Names {
 public:
  /// The number of a text, added if it is new. Call inside a transaction.
  Result<std::int64_t> number_of(sql::Connection& transaction, std::string_view text);

  /// The number of a text, none if nothing was ever called that.
  Result<std::optional<std::int64_t>> number_if_known(sql::Connection& reader,
                                                      std::string_view text);

  /// The text of a number that number_of() once gave.
  Result<std::string> text_of(sql::Connection& reader, std::int64_t number);

 private:
  std::mutex mutex_;
  std::map<std::string, std::int64_t, std::less<>> numbers_;
  std::map<std::int64_t, std::string> texts_;
};

}  // namespace flit::store
