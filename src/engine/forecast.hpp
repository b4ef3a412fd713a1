#pragma once
/// @file How many requests a load will take, and how long, by the platform's own limits.
///
/// facts/dataverse.md §8: 6,000 requests and 1,200 seconds of execution per user and server in 300
/// seconds; a day's entitlement counts every row. Pure.

#include <cstdint>
#include <string>
#include <vector>

namespace flit::engine {

struct TableLoad {
  std::string table;
  std::uint64_t rows = 0;
  std::uint32_t rows_per_request = 1;
  std::uint64_t later_rows = 0;  ///< written a second time: look-ups to patch, states to set
  std::uint32_t later_per_request = 1;
};

struct LoadLimits {
  double requests_per_second = 20;              ///< 6,000 ÷ 300
  double server_seconds_per_second = 4;         ///< 1,200 ÷ 300
  double server_seconds_per_row = 0.05;         ///< until the sample has measured it
  std::uint64_t rows_per_day = 40'000;          ///< what one paid user is entitled to
  std::uint64_t pooled_rows_per_day = 500'000;  ///< the least that all application users share
};

struct Forecast {
  std::uint64_t rows = 0;
  std::uint64_t requests = 0;
  double rows_per_second = 0;  ///< at best
  double hours = 0;
  double user_days = 0;    ///< of one user's entitlement
  double pooled_days = 0;  ///< of the application users' pool
};

/// `measured`: rows a second as a load just reached; 0: by the limits alone.
Forecast forecast(const std::vector<TableLoad>& tables, const LoadLimits& limits, double measured);

}  // namespace flit::engine
