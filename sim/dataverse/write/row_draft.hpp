#pragma once
/// @file What one request wants a row to become: cells by column, state, owner, nested rows.
///
/// Made from a body by payload/, completed by rules/, turned into a Row by write/. Cells view the
/// request's document or the draft's own arena. Reused from row to row of a bulk request: clear()
/// keeps the memory.

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/records/row.hpp"
#include "sim/dataverse/values/text_arena.hpp"

namespace flit::sim::dataverse {

/// Related rows inside a body (deep insert, activity parties): fact sheet §3.
struct NestedRows {
  std::string_view navigation{};
  json::Value rows{};  ///< an object, or an array of objects
};

class RowDraft {
 public:
  std::optional<Uuid> id{};
  std::optional<int> state{};
  std::optional<int> status{};
  Cell owner{};  ///< a lookup; absent: unchanged, or the caller
  std::vector<NestedRows> nested{};
  TextArena arena{};

  void set(std::uint16_t column, const Cell& cell) {
    for (auto& [known, value] : cells_)
      if (known == column) {
        value = cell;
        return;
      }
    cells_.emplace_back(column, cell);
  }

  /// Appends without looking for an earlier value. REQUIRES: set for the first time.
  void append(std::uint16_t column, const Cell& cell) { cells_.emplace_back(column, cell); }

  /// Null when the request does not mention the column.
  const Cell* find(std::uint16_t column) const {
    for (const auto& [known, value] : cells_)
      if (known == column) return &value;
    return nullptr;
  }

  void erase(std::uint16_t column) {
    std::erase_if(cells_, [&](const ColumnCell& cell) { return cell.first == column; });
  }

  std::span<const ColumnCell> cells() const { return cells_; }

  /// In column order; of two values of one column the later counts.
  std::span<const ColumnCell> sorted() {
    const auto by_column = [](const ColumnCell& left, const ColumnCell& right) {
      return left.first < right.first;
    };
    if (!std::is_sorted(cells_.begin(), cells_.end(), by_column))
      std::stable_sort(cells_.begin(), cells_.end(), by_column);
    const auto same = [](const ColumnCell& left, const ColumnCell& right) {
      return left.first == right.first;
    };
    // unique() keeps the first of equals: look from behind so that the last one stays.
    const auto kept = std::unique(cells_.rbegin(), cells_.rend(), same);
    cells_.erase(cells_.begin(), kept.base());
    return cells_;
  }

  void clear() {
    id.reset();
    state.reset();
    status.reset();
    owner = {};
    nested.clear();
    arena.clear();
    cells_.clear();
  }

 private:
  std::vector<ColumnCell> cells_;
};

}  // namespace flit::sim::dataverse
