#pragma once
/// @file How many rows of ours a table really has, counted over there.
///
/// Every row that we make carries a stamp (PathPack::stamp), so that the count needs no ledger and
/// an outsider can repeat it.

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

struct RowCount {
  std::string phase{};
  std::string table{};
  std::uint64_t expected = 0;  ///< made, says the ledger
  std::uint64_t found = 0;     ///< carry our stamp over there
};

/// None: rows of this table carry no stamp. Reads the table's stamped rows, page by page.
Result<std::optional<RowCount>> count_rows(const Migration& migration, const std::string& table,
                                           std::stop_token stop);

/// How many rows our writes may have reached, over all tables of the path; in what state they are
/// over there, nobody has looked.
Result<std::uint64_t> rows_reached(const Migration& migration, bool only_sampled);

}  // namespace flit::engine
