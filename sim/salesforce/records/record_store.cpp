#include "sim/salesforce/records/record_store.hpp"

#include <algorithm>

namespace flit::sim::salesforce {

RecordTable& RecordStore::table(const Object& object) {
  if (object.index >= tables_.size()) tables_.resize(catalogue_.size());
  auto& table = tables_[object.index];
  if (!table) {
    table = std::make_unique<RecordTable>(object);
    by_prefix_[object.prefix].push_back(object.index);
  }
  return *table;
}

const RecordTable* RecordStore::find_table(const Object& object) const {
  return object.index < tables_.size() ? tables_[object.index].get() : nullptr;
}

const Row* RecordStore::find(RecordId id, const Object** object) const {
  const auto objects = by_prefix_.find(id.prefix());
  if (objects == by_prefix_.end()) return nullptr;
  for (const std::uint16_t index : objects->second) {
    const Row* row = tables_[index]->find(id);
    if (row == nullptr) continue;
    if (object != nullptr) *object = &tables_[index]->object();
    return row;
  }
  return nullptr;
}

const Row* RecordStore::find(const Object& object, RecordId id) const {
  const RecordTable* table = find_table(object);
  return table == nullptr ? nullptr : table->find(id);
}

RecordId RecordStore::next_id(const Object& object) {
  return {object.prefix, ++counters_[object.prefix]};
}

void RecordStore::reserve_ids(std::uint32_t prefix, std::uint64_t counter) {
  std::uint64_t& last = counters_[prefix];
  last = std::max(last, counter);
}

std::int64_t RecordStore::add_file(std::string bytes) {
  file_bytes_ += bytes.size();
  files_.push_back(std::move(bytes));
  return static_cast<std::int64_t>(files_.size() - 1);
}

std::uint64_t RecordStore::data_kb() const {
  std::uint64_t kb = 0;
  for (const auto& table : tables_)
    if (table) kb += table->live() * (table->object().name == "Campaign" ? 8U : 2U);
  return kb;
}

void RecordStore::clear() {
  for (const auto& table : tables_)
    if (table) table->clear();
  counters_.clear();
  files_.clear();
  file_bytes_ = 0;
}

std::size_t RecordStore::memory() const {
  std::size_t bytes = file_bytes_;
  for (const auto& table : tables_)
    if (table) bytes += table->memory();
  return bytes;
}

}  // namespace flit::sim::salesforce
