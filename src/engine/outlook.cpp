#include "engine/outlook.hpp"

#include <algorithm>

namespace flit::engine {
namespace {

/// Above what requests alone would take, rows themselves are the limit.
constexpr double clearly_more = 1.2;

/// A table's own pace counts as much as what was foreseen for it after so many requests; the first
/// ones are measured with what lay between two tables.
constexpr double requests_of_doubt = 5;

}  // namespace

Outlook::Outlook(const std::vector<TableLoad>& tables, const LoadLimits& limits) : limits_(limits) {
  for (const TableLoad& one : tables) {
    const auto per_request = static_cast<double>(std::max<std::uint32_t>(1, one.rows_per_request));
    parts_[{one.table, false}] = {
        .rows = one.rows, .planned_per_request = per_request, .rows_per_request = per_request};
    const auto later = static_cast<double>(std::max<std::uint32_t>(1, one.later_per_request));
    parts_[{one.table, true}] = {
        .rows = one.later_rows, .planned_per_request = later, .rows_per_request = later};
    total_ += one.rows + one.later_rows;
  }
}

void Outlook::settled(const Settled& batch, Tick now) {
  Part& part = parts_[{batch.table, batch.later}];
  // More than was planned: references that had to wait are only known once rows are made.
  part.done += batch.rows;
  part.rows = std::max(part.rows, part.done);
  part.rows_per_request = std::max(part.rows_per_request, static_cast<double>(batch.rows));
  if (last_) part.seconds += std::chrono::duration<double>(now - *last_).count();
  last_ = now;
}

/// Batches of tables to come grow as those of tables like them did.
double Outlook::rows_per_request(const Part& part) const {
  double rows = part.rows_per_request;
  for (const auto& [key, other] : parts_)
    if (other.planned_per_request == part.planned_per_request)
      rows = std::max(rows, other.rows_per_request);
  return rows;
}

/// Seconds of a row, were requests the only limit.
double Outlook::by_requests(const Part& part) const {
  return limits_.requests_per_second > 0
             ? 1 / (limits_.requests_per_second * rows_per_request(part))
             : 0;
}

/// Seconds of a row where rows are the limit, over all lanes; where none was seen to be, no more
/// than the quickest took.
double Outlook::cost_of_a_row() const {
  double rows = 0;
  double seconds = 0;
  double quickest = limits_.server_seconds_per_row / limits_.server_seconds_per_second;
  for (const auto& [key, part] : parts_) {
    if (part.done == 0 || part.seconds <= 0) continue;
    const double took = part.seconds / static_cast<double>(part.done);
    quickest = std::min(quickest, took);
    if (took < clearly_more * by_requests(part)) continue;
    rows += static_cast<double>(part.done);
    seconds += part.seconds;
  }
  return rows > 0 ? seconds / rows : quickest;
}

double Outlook::left_of(const Part& part, double cost) const {
  const double foreseen = std::max(by_requests(part), cost);
  const double seen = static_cast<double>(part.done);
  const double weight = requests_of_doubt * rows_per_request(part);
  const double row = (part.seconds + weight * foreseen) / (seen + weight);
  return static_cast<double>(part.rows - part.done) * row;
}

std::optional<std::chrono::seconds> Outlook::left() const {
  if (!last_) return {};
  const double cost = cost_of_a_row();
  double seconds = 0;
  for (const auto& [key, part] : parts_) seconds += left_of(part, cost);
  return std::chrono::seconds(std::llround(seconds));
}

}  // namespace flit::engine
