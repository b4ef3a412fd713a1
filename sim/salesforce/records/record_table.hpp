#pragma once
/// @file The records of one object, in the order of their ids, with indexes made when first asked
/// for.
///
/// put() and take() keep every index right and hand back what was there before, which is all that a
/// rollback needs. Deleted rows stay in the indexes; whoever asks looks at their state. Readers may
/// run beside each other, a writer alone: the org's lock sees to it.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "sim/salesforce/records/field_index.hpp"
#include "sim/salesforce/records/row.hpp"
#include "sim/salesforce/schema/object.hpp"

namespace flit::sim::salesforce {

class RecordTable {
 public:
  explicit RecordTable(const Object& object) : object_(object) {}

  const Object& object() const { return object_; }
  std::size_t live() const { return live_; }

  const Row* find(RecordId id) const;

  /// Inserts behind all others, or replaces the row of the same id, which is returned.
  /// REQUIRES: a new id is greater than every id before.
  std::unique_ptr<Row> put(std::unique_ptr<Row> row);
  /// Removes and returns the row; null if there was none. Its id may come back by put().
  std::unique_ptr<Row> take(RecordId id);

  /// Rows of every state in id order; `visit` returns false to stop.
  template <typename Visit>
  void each(const Visit& visit) const {
    for (const auto& row : rows_)
      if (row && !visit(*row)) return;
  }

  /// Live and deleted rows whose value of `field` is the same key as `value`; `visit` returns false
  /// to stop. Order: none that means anything.
  template <typename Visit>
  void each_with(const Field& field, const Cell& value, const Visit& visit) const {
    if (value.is_null()) return;
    const FieldIndex& index = index_of(field);
    const std::uint64_t hash = key_hash(field, value);
    for (std::uint32_t slot = index.first(hash); slot != FieldIndex::none;) {
      const std::uint32_t next = index.next(slot);
      if (index.hash_of(slot) == hash && same_key(field, rows_[slot]->cell(field), value) &&
          !visit(*rows_[slot]))
        return;
      slot = next;
    }
  }

  void clear();
  std::size_t memory() const;  ///< bytes of rows and indexes, roughly

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  std::size_t slot_of(RecordId id) const;
  const FieldIndex& index_of(const Field& field) const;
  void add_to_indexes(const Row& row, std::uint32_t slot);
  void remove_from_indexes(const Row& row, std::uint32_t slot);

  const Object& object_;
  std::vector<RecordId> ids_;  // ascending; of rows that were taken, too
  std::vector<std::unique_ptr<Row>> rows_;
  std::size_t live_ = 0;
  mutable std::mutex index_mutex_;
  mutable std::unordered_map<std::uint16_t, std::unique_ptr<FieldIndex>> indexes_;
};

}  // namespace flit::sim::salesforce
