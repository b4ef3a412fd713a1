#include "engine/forecast.hpp"

#include <algorithm>

namespace flit::engine {

Forecast forecast(const std::vector<TableLoad>& tables, const LoadLimits& limits, double measured) {
  Forecast made;
  for (const TableLoad& one : tables) {
    const std::uint64_t size = std::max<std::uint32_t>(1, one.rows_per_request);
    made.rows += one.rows + one.later_rows;
    const std::uint64_t later = std::max<std::uint32_t>(1, one.later_per_request);
    made.requests += (one.rows + size - 1) / size + (one.later_rows + later - 1) / later;
  }
  if (made.rows == 0) return made;
  const auto rows = static_cast<double>(made.rows);
  const double by_requests = limits.requests_per_second * rows / static_cast<double>(made.requests);
  const double by_server = limits.server_seconds_per_second / limits.server_seconds_per_row;
  made.rows_per_second = measured > 0 ? measured : std::min(by_requests, by_server);
  made.hours = rows / made.rows_per_second / 3600;
  made.user_days = rows / static_cast<double>(limits.rows_per_day);
  made.pooled_days = rows / static_cast<double>(limits.pooled_rows_per_day);
  return made;
}

}  // namespace flit::engine
