#pragma once
/// @file Which records can be seen at a moment: retention of archived ones, the lag of changes.
///
/// facts/sources.md §1.3. Archived records go 90 days after they were archived. With a visibility
/// lag, a record that a person has just changed is shown as it was for that long by its id and in
/// lists by id; the list by time leaves it out until the change shows. Edited under the dataset's
/// lock.

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "sim/interactive/store/record_table.hpp"

namespace flit::sim::interactive {

class Visibility {
 public:
  explicit Visibility(std::int64_t lag_ms = 0) : lag_ms_(lag_ms) {}

  /// A record is about to change; none: it is about to be created.
  void before_change(const RecordTable& table, std::uint64_t id, std::optional<Row> old,
                     std::int64_t now_ms) {
    if (lag_ms_ == 0) return;
    const auto [at, fresh] = held_.try_emplace({&table, id}, Held{old, now_ms + lag_ms_});
    if (fresh) return;
    if (at->second.until_ms <= now_ms) at->second.old = old;
    at->second.until_ms = now_ms + lag_ms_;
  }

  /// The form of the row that can be seen; none: nothing of it.
  std::optional<Row> seen(const RecordTable& table, const Row& row, std::int64_t now_ms) const {
    const Held* const held = find(table, row.id, now_ms);
    const std::optional<Row> form = held == nullptr ? std::optional(row) : held->old;
    if (form && form->is_archived() && form->archived_ms + retention_ms <= now_ms)
      return std::nullopt;
    return form;
  }

  bool is_lagging(const RecordTable& table, std::uint64_t id, std::int64_t now_ms) const {
    return find(table, id, now_ms) != nullptr;
  }

  void clear() { held_.clear(); }

  static constexpr std::int64_t retention_ms = 90LL * 24 * 3600 * 1000;

 private:
  struct Held {
    std::optional<Row> old;
    std::int64_t until_ms;
  };
  const Held* find(const RecordTable& table, std::uint64_t id, std::int64_t now_ms) const {
    if (held_.empty()) return nullptr;
    const auto found = held_.find({&table, id});
    return found == held_.end() || found->second.until_ms <= now_ms ? nullptr : &found->second;
  }

  std::int64_t lag_ms_;
  std::map<std::pair<const RecordTable*, std::uint64_t>, Held> held_;
};

}  // namespace flit::sim::interactive
