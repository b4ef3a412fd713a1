#pragma once
/// @file One stored row: a fixed head and its cells packed into one block, ordered by column.
///
/// A row never changes once it is in a table: an update makes a new one, which is what lets a
/// transaction keep the old one for its rollback. A cell costs 3 bytes and its value (1 to 10 bytes
/// for numbers, 16 or 18 for ids, text as it is). What every row has (stamps, owner, state) is in
/// the head; defaults and computed columns are not stored at all.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/uuid.hpp"
#include "sim/dataverse/records/cell.hpp"

namespace flit::sim::dataverse {

/// A user or team, by its place in the organization's register of principals; 0 is nobody.
using PrincipalRef = std::uint32_t;

struct RowHead {
  Uuid id{};
  std::uint64_t version = 0;          ///< database-wide row version, the ETag
  std::uint64_t created_version = 0;  ///< the version at creation
  std::int64_t created_on = 0;        ///< seconds, as shown
  std::int64_t modified_on = 0;
  PrincipalRef created_by = 0;
  PrincipalRef modified_by = 0;
  PrincipalRef owner = 0;
  std::int32_t status = -1;  ///< -1: the table has none
  std::int32_t state = -1;
};

using ColumnCell = std::pair<std::uint16_t, Cell>;

class Row {
 public:
  RowHead head{};

  /// REQUIRES: ordered by column, each at most once; absent cells are left out.
  void pack(std::span<const ColumnCell> cells);

  /// Absent when the row has no such cell. The text lives as long as this row.
  Cell cell(std::uint16_t column) const;

  /// All stored cells in column order.
  void unpack(std::vector<ColumnCell>& cells) const;

  /// The stored cells that are lookups, in column order.
  void unpack_lookups(std::vector<ColumnCell>& cells) const;

  std::size_t packed_size() const { return size_; }
  std::string_view packed() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }
  std::unique_ptr<Row> copy() const;

  /// Takes bytes that packed() gave: how a snapshot is read back.
  void assign_packed(std::string_view bytes);

 private:
  std::unique_ptr<std::uint8_t[]> bytes_;
  std::uint32_t size_ = 0;
};

}  // namespace flit::sim::dataverse
