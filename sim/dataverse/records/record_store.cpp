#include "sim/dataverse/records/record_store.hpp"

namespace flit::sim::dataverse {

RecordTable& RecordStore::open(const Table& table) {
  while (tables_.size() <= table.index) tables_.emplace_back();
  if (tables_[table.index] == nullptr) tables_[table.index] = std::make_unique<RecordTable>(table);
  return *tables_[table.index];
}

const RecordTable* RecordStore::find(const Table& table) const {
  return table.index < tables_.size() ? tables_[table.index].get() : nullptr;
}

RecordTable* RecordStore::find(const Table& table) {
  return table.index < tables_.size() ? tables_[table.index].get() : nullptr;
}

const Row* RecordStore::row(const Table& table, const Uuid& id) const {
  const RecordTable* rows = find(table);
  return rows == nullptr ? nullptr : rows->find(id);
}

const LinkTable* RecordStore::find_links(const std::string& relationship) const {
  const auto found = links_.find(relationship);
  return found == links_.end() ? nullptr : &found->second;
}

PrincipalRef RecordStore::ref_of(const Uuid& id, bool is_team) {
  const auto [entry, is_new] =
      principal_refs_.emplace(id, static_cast<PrincipalRef>(principals_.size()));
  if (is_new) principals_.push_back({id, is_team});
  return entry->second;
}

PrincipalRef RecordStore::ref_if_known(const Uuid& id) const {
  const auto found = principal_refs_.find(id);
  return found == principal_refs_.end() ? 0 : found->second;
}

void RecordStore::clear() {
  tables_.clear();
  links_.clear();
  principals_.assign(1, Principal{});
  principal_refs_.clear();
}

std::size_t RecordStore::memory() const {
  std::size_t bytes = 0;
  for (const auto& table : tables_)
    if (table != nullptr) bytes += table->memory();
  for (const auto& [name, links] : links_) bytes += links.size() * 2 * 72;
  return bytes;
}

}  // namespace flit::sim::dataverse
