#include "sim/salesforce/records/record_table.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::sim::salesforce {

/// Ids ascend, so a row stands at most as far from the first as its counter does, and exactly there
/// unless another object shares the prefix.
std::size_t RecordTable::slot_of(RecordId id) const {
  if (ids_.empty() || id < ids_.front() || id > ids_.back()) return nowhere;
  const std::size_t guess = std::min<std::size_t>(id.bits() - ids_.front().bits(), ids_.size() - 1);
  if (ids_[guess] == id) return guess;
  const auto end = ids_.begin() + static_cast<std::ptrdiff_t>(guess);
  const auto found = std::lower_bound(ids_.begin(), end, id);
  return found != end && *found == id ? static_cast<std::size_t>(found - ids_.begin()) : nowhere;
}

const Row* RecordTable::find(RecordId id) const {
  const std::size_t slot = slot_of(id);
  return slot == nowhere ? nullptr : rows_[slot].get();
}

std::unique_ptr<Row> RecordTable::put(std::unique_ptr<Row> row) {
  std::size_t slot = slot_of(row->head.id);
  if (slot == nowhere) {
    FLIT_CHECK(ids_.empty() || ids_.back() < row->head.id, "new ids are greater than all others");
    slot = ids_.size();
    ids_.push_back(row->head.id);
    rows_.emplace_back();
  }
  std::unique_ptr<Row> before = std::move(rows_[slot]);
  const auto place = static_cast<std::uint32_t>(slot);
  if (before) remove_from_indexes(*before, place);
  live_ += row->is_live() ? 1U : 0U;
  live_ -= before && before->is_live() ? 1U : 0U;
  rows_[slot] = std::move(row);
  add_to_indexes(*rows_[slot], place);
  return before;
}

std::unique_ptr<Row> RecordTable::take(RecordId id) {
  const std::size_t slot = slot_of(id);
  if (slot == nowhere || !rows_[slot]) return nullptr;
  remove_from_indexes(*rows_[slot], static_cast<std::uint32_t>(slot));
  live_ -= rows_[slot]->is_live() ? 1U : 0U;
  return std::move(rows_[slot]);
}

const FieldIndex& RecordTable::index_of(const Field& field) const {
  const std::lock_guard lock(index_mutex_);
  auto& index = indexes_[field.index];
  if (!index) {
    index = std::make_unique<FieldIndex>();
    for (std::size_t slot = 0; slot < rows_.size(); ++slot) {
      if (!rows_[slot]) continue;
      const Cell cell = rows_[slot]->cell(field);
      if (!cell.is_null()) index->add(key_hash(field, cell), static_cast<std::uint32_t>(slot));
    }
  }
  return *index;
}

void RecordTable::add_to_indexes(const Row& row, std::uint32_t slot) {
  for (const auto& [column, index] : indexes_) {
    const Field& field = object_.field(column);
    const Cell cell = row.cell(field);
    if (!cell.is_null()) index->add(key_hash(field, cell), slot);
  }
}

void RecordTable::remove_from_indexes(const Row& row, std::uint32_t slot) {
  for (const auto& [column, index] : indexes_) {
    const Field& field = object_.field(column);
    const Cell cell = row.cell(field);
    if (!cell.is_null()) index->remove(key_hash(field, cell), slot);
  }
}

void RecordTable::clear() {
  ids_.clear();
  rows_.clear();
  indexes_.clear();
  live_ = 0;
}

std::size_t RecordTable::memory() const {
  std::size_t bytes = ids_.capacity() * sizeof(RecordId) + rows_.capacity() * sizeof(void*);
  for (const auto& row : rows_)
    if (row) bytes += sizeof(Row) + row->packed().size();
  for (const auto& [column, index] : indexes_) bytes += index->memory();
  return bytes;
}

}  // namespace flit::sim::salesforce
