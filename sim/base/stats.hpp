#pragma once
/// @file What a simulator counts about itself: the figures of GET /__sim/stats.
///
/// The frame counts requests, bytes, endpoints and concurrency; the platform counts what only it
/// knows: rows, execution time, throttling. Seconds are the platform's own. Thread-safe; meant to
/// be called once per request or batch, not per row.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace flit::sim {

struct Figures {
  std::uint64_t requests = 0;                                   ///< without those to /__sim/
  std::map<std::string, std::uint64_t, std::less<>> throttled;  ///< by the platform's kind of limit
  std::uint64_t sent_inside_retry_after = 0;
  std::map<std::string, std::uint64_t, std::less<>> rows_written;  ///< by table
  Duration execution{};              ///< server time by the platform's cost model
  std::uint64_t writes_refused = 0;  ///< attempts to write to a read-only source
  std::uint64_t max_concurrent = 0;  ///< requests in flight at once, delayed answers included
  std::uint64_t bytes_in = 0;        ///< bodies, as unpacked
  std::uint64_t bytes_out = 0;
  std::map<std::string, std::uint64_t, std::less<>> injected;  ///< faults that struck, by kind
  std::map<std::string, std::map<int, std::uint64_t>, std::less<>> by_endpoint;
};

class Stats {
 public:
  void count_throttled(std::string_view kind);
  void count_sent_inside_retry_after();
  void add_rows_written(std::string_view table, std::uint64_t rows);
  void add_execution(Duration time);
  void count_write_refused();

  /// For whatever has no function of its own: changes several figures at once.
  template <typename Change>
  void change(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(figures_);
  }

  Figures figures() const {
    const std::lock_guard lock(mutex_);
    return figures_;
  }
  void reset();

 private:
  mutable std::mutex mutex_;  // no Sync: simulators count while they hold their own lock
  Figures figures_;
};

}  // namespace flit::sim
