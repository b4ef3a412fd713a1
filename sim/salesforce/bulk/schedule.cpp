#include "sim/salesforce/bulk/schedule.hpp"

#include <algorithm>

namespace flit::sim::salesforce::bulk {

void Schedule::add(std::shared_ptr<IngestBatch> batch, Instant now, const std::string& group) {
  waiting_.push_back({.batch = std::move(batch), .group = group, .next = now});
  fill_lanes();
}

void Schedule::fill_lanes() {
  const auto is_busy = [&](const std::string& group) {
    return !group.empty() && std::any_of(active_.begin(), active_.end(),
                                         [&](const Entry& entry) { return entry.group == group; });
  };
  for (auto next = waiting_.begin(); next != waiting_.end() && active_.size() < settings_.lanes;) {
    if (is_busy(next->group)) {
      ++next;
      continue;
    }
    next->next = std::max(next->next, lane_free_);
    active_.push_back(std::move(*next));
    next = waiting_.erase(next);
  }
}

Schedule::Entry* Schedule::due(Instant now) {
  const auto first = std::min_element(
      active_.begin(), active_.end(),
      [](const Entry& left, const Entry& right) { return left.next < right.next; });
  if (first == active_.end() || first->next > now) return nullptr;
  return &*first;
}

void Schedule::finish(Entry& entry) {
  entry.batch->sink().finished();
  lane_free_ = entry.next;
  active_.erase(active_.begin() + (&entry - active_.data()));
  if (active_.empty() && waiting_.empty()) {
    locked_until_.clear();
    lane_free_ = {};
  }
  fill_lanes();
}

std::optional<std::set<std::uint64_t>> Schedule::take_locks(Entry& entry) {
  Instant free = entry.next;
  std::set<std::uint64_t> busy;
  if (settings_.cost_per_row.count() == 0) return busy;
  for (const std::uint64_t parent : entry.batch->locks()) {
    const auto found = locked_until_.find(parent);
    if (found == locked_until_.end() || found->second <= entry.next) continue;
    busy.insert(parent);
    free = std::max(free, found->second);
  }
  if (!busy.empty()) {
    const Instant since = entry.waiting_since.value_or(entry.next);
    const Instant patience = since + settings_.lock_wait;
    if (entry.next < patience) {
      entry.waiting_since = since;
      entry.next = std::min(free, patience);
      return std::nullopt;
    }
  }
  entry.waiting_since.reset();
  entry.next += settings_.cost_per_row * static_cast<std::int64_t>(entry.batch->rows());
  for (const std::uint64_t parent : entry.batch->locks())
    if (!busy.contains(parent)) locked_until_[parent] = entry.next;
  return busy;
}

void Schedule::run(Instant now) {
  const std::unique_lock running(running_, std::try_to_lock);
  if (!running.owns_lock()) return;
  std::unique_lock lock(mutex_);
  while (Entry* entry = due(now)) {
    if (!entry->batch->read_chunk(settings_.cost_per_row.count() != 0)) {
      finish(*entry);
      continue;
    }
    const auto busy = take_locks(*entry);
    if (!busy) continue;
    const auto batch = entry->batch;  // the entry moves when others are added meanwhile
    lock.unlock();
    batch->save(*busy);
    lock.lock();
    batch->report();
  }
}

}  // namespace flit::sim::salesforce::bulk
