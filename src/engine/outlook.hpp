#pragma once
/// @file How long a load that is under way still takes: what the bar shows as time left.
///
/// Tables are loaded one after another and cost very different times: some take hundreds of rows a
/// request, others ten. So what is left is asked of each table: the one at work by what it took so
/// far, those to come by the requests that they need and by what a row was seen to cost where
/// requests were not the limit. Time is an argument. Not thread-safe.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "engine/forecast.hpp"

namespace flit::engine {

class Outlook {
 public:
  /// `tables`: what is left to write, a table's later rows apart.
  Outlook(const std::vector<TableLoad>& tables, const LoadLimits& limits);

  std::uint64_t total() const { return total_; }

  /// Rows of one batch that are settled.
  struct Settled {
    std::string table;
    bool later = false;  ///< they were there, and were written again
    std::uint64_t rows = 0;
  };
  void settled(const Settled& batch, Tick now);

  /// From the last settled rows on; none until some are.
  std::optional<std::chrono::seconds> left() const;

 private:
  /// The rows of one table that are made, or those that are written again.
  struct Part {
    std::uint64_t rows = 0;
    std::uint64_t done = 0;
    double planned_per_request = 1;
    double rows_per_request = 1;  // batches may have grown
    double seconds = 0;           // that its rows took so far
  };
  using Key = std::pair<std::string, bool>;

  double rows_per_request(const Part& part) const;
  double by_requests(const Part& part) const;
  double cost_of_a_row() const;
  double left_of(const Part& part, double cost) const;

  LoadLimits limits_;
  std::map<Key, Part> parts_;
  std::uint64_t total_ = 0;
  std::optional<Tick> last_;
};

}  // namespace flit::engine
