#pragma once
/// @file Deleted rows that can be restored for 30 days (fact sheet §14); off unless switched on.
///
/// A row whose id lies in the bin already is not copied again, so only its first version can come
/// back. Not thread-safe.

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "sim/dataverse/records/row.hpp"

namespace flit::sim::dataverse {

struct BinnedRow {
  std::shared_ptr<const Row> row{};
  std::int64_t deleted_on = 0;
};

class RecycleBin {
 public:
  static constexpr std::int64_t keeps_s = 30LL * 86400;

  bool contains(std::uint16_t table, const Uuid& id) const { return rows_.contains({table, id}); }
  void add(std::uint16_t table, const BinnedRow& row) {
    rows_.try_emplace({table, row.row->head.id}, row);
  }
  const BinnedRow* find(std::uint16_t table, const Uuid& id) const {
    const auto found = rows_.find({table, id});
    return found == rows_.end() ? nullptr : &found->second;
  }
  void remove(std::uint16_t table, const Uuid& id) { rows_.erase({table, id}); }
  void clear() { rows_.clear(); }
  const std::map<std::pair<std::uint16_t, Uuid>, BinnedRow>& rows() const { return rows_; }

 private:
  std::map<std::pair<std::uint16_t, Uuid>, BinnedRow> rows_;
};

}  // namespace flit::sim::dataverse
