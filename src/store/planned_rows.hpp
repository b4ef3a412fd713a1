#pragma once
/// @file How many rows are planned for each table: what a forecast counts.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct PlannedRows {
  std::string table;
  std::uint64_t rows = 0;   ///< to create or update, or written already
  std::uint64_t later = 0;  ///< of them written a second time
};

/// By table name; as many as there are tables.
Result<std::vector<PlannedRows>> planned_rows(sql::Connection& reader);

}  // namespace flit::store
