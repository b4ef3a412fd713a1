#pragma once
/// @file How long the platform works on a request: base + per row + per column.
///
/// The vendor publishes no such figures (fact sheet §17.11: measure); these give some 250 rows/s
/// per lane for rows of 15 columns in batches of 500, an ordinary report of loaders. Retries and
/// refusals cost the base. `--cost-per-row` replaces the cost per row.

#include <chrono>
#include <cstdint>

namespace flit::sim::dataverse {

struct CostModel {
  std::chrono::microseconds base{20'000};
  std::chrono::microseconds per_row{3'500};
  std::chrono::microseconds per_column{30};

  std::chrono::microseconds of(std::uint64_t rows, std::uint64_t columns) const {
    return base + per_row * static_cast<std::int64_t>(rows) +
           per_column * static_cast<std::int64_t>(columns);
  }
};

}  // namespace flit::sim::dataverse
