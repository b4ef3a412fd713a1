#pragma once
/// @file One stored record: a fixed head and its values packed into one block, ordered by field.
///
/// A row never changes once it is in a table: an update makes a new one, which is what lets a
/// transaction keep the old one. A value costs 4 bytes and itself (8 for numbers and ids, text as
/// it is and 4 for its length, nothing for booleans). Nulls are not stored.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/salesforce/schema/cell.hpp"
#include "sim/salesforce/schema/field.hpp"

namespace flit::sim::salesforce {

/// Live, in the recycle bin, or gone from it but still seen by queryAll (fact sheet §8).
enum class RowState : std::uint8_t { live, binned, emptied };

struct RowHead {
  RecordId id{};
  RecordId created_by{};
  RecordId modified_by{};
  std::int64_t created_ms = 0;
  std::int64_t modified_ms = 0;
  std::int64_t stamp_ms = 0;
  std::int64_t deleted_ms = 0;
  RecordId deleted_with{};  ///< the record whose delete took this one along; itself when direct
  RowState state = RowState::live;
};

using FieldCell = std::pair<std::uint16_t, Cell>;

class Row {
 public:
  RowHead head{};

  bool is_live() const { return head.state == RowState::live; }

  /// REQUIRES: ordered by field, each at most once; nulls are left out.
  void pack(std::span<const FieldCell> cells);

  /// A value by its field, those of the head too. Text lives as long as this row.
  Cell cell(const Field& field) const;
  /// The same for what is not in the head.
  Cell packed_cell(std::uint16_t field) const;

  /// All packed values in field order.
  void unpack(std::vector<FieldCell>& cells) const;

  std::unique_ptr<Row> copy() const;
  std::string_view packed() const { return {bytes_.get(), size_}; }
  /// Takes bytes that packed() gave: how a snapshot is read back.
  void assign_packed(std::string_view bytes);

 private:
  std::unique_ptr<char[]> bytes_;
  std::uint32_t size_ = 0;
};

}  // namespace flit::sim::salesforce
