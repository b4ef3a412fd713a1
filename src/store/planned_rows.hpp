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
  std::uint64_t rows = 0;   ///< to create or update
  std::uint64_t later = 0;  ///< to write a second time
};

/// Everything, whether it was written already or not. By table name; as many as there are tables.
Result<std::vector<PlannedRows>> planned_rows(sql::Connection& reader);

/// What is left of it: `only_sampled`, of the sample alone.
Result<std::vector<PlannedRows>> rows_left(sql::Connection& reader, bool only_sampled);

}  // namespace flit::store
