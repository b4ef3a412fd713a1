#pragma once
/// @file Which batch is worked on when: lanes, row locks and time, all on the platform's clock.
///
/// Batches run beside each other on a few lanes. A chunk takes `cost_per_row` × its rows, during
/// which its parents are locked; a chunk of another lane that needs one of them waits, and after
/// `lock_wait` its rows fail (fact sheet §8, about ten seconds). Nothing here sleeps: run() does
/// what has fallen due, in the order of the platform's clock, so the same uploads at the same times
/// give the same results. Without cost everything is due at once and locks never meet.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/instant.hpp"
#include "sim/salesforce/bulk/ingest_batch.hpp"

namespace flit::sim::salesforce::bulk {

struct ScheduleSettings {
  std::chrono::microseconds cost_per_row{0};
  std::chrono::microseconds lock_wait = std::chrono::seconds(10);
  std::size_t lanes = 5;
};

class Schedule {
 public:
  /// `mutex` guards the sinks and this schedule; run() lets go of it while records are written.
  Schedule(ScheduleSettings settings, std::mutex& mutex) : settings_(settings), mutex_(mutex) {}

  /// Batches of one non-empty `group` run one after the other (Bulk 1.0's Serial).
  /// REQUIRES: the mutex.
  void add(std::shared_ptr<IngestBatch> batch, Instant now, const std::string& group = {});

  /// Works off what is due. Returns at once when another thread is at it. REQUIRES: not the mutex.
  void run(Instant now);

 private:
  struct Entry {
    std::shared_ptr<IngestBatch> batch;
    std::string group;
    Instant next{};                          // when its next chunk starts
    std::optional<Instant> waiting_since{};  // for a lock
  };

  Entry* due(Instant now);
  void fill_lanes();
  void finish(Entry& entry);
  /// The locks that are still held when the chunk may wait no longer; none: not yet, or all free.
  std::optional<std::set<std::uint64_t>> take_locks(Entry& entry);

  ScheduleSettings settings_;
  std::mutex& mutex_;
  std::mutex running_;
  std::vector<Entry> active_;
  std::deque<Entry> waiting_;
  Instant lane_free_{};  // when a lane last became free
  std::unordered_map<std::uint64_t, Instant> locked_until_;
};

}  // namespace flit::sim::salesforce::bulk
