#include "sim/dataverse/rules/direct_row.hpp"

#include "base/hash.hpp"
#include "sim/dataverse/write/checks.hpp"

namespace flit::sim::dataverse {

Uuid derived_id(const Uuid& from, std::uint64_t salt) {
  Uuid::Bytes bytes = from.bytes();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::uint64_t mixed = hash64(text, salt);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 8) mixed = mix64(mixed ^ salt);
    bytes[i] = static_cast<std::uint8_t>(mixed >> (8 * (i % 8)));
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  return Uuid(bytes);
}

void put_direct(Work& work, const Table& table, const Uuid& id,
                std::initializer_list<NamedCell> cells, const Row* like) {
  RowDraft draft;
  for (const auto& [name, cell] : cells)
    if (const Column* column = table.column(name); column != nullptr)
      draft.set(column->index, cell);
  auto row = std::make_unique<Row>();
  row->head.id = id;
  row->head.created_on = row->head.modified_on = work.org.now();
  row->head.created_by = row->head.modified_by = work.caller.ref;
  row->head.owner = table.owner_column() == nullptr ? 0 : work.caller.ref;
  if (like != nullptr) {
    row->head = like->head;
    row->head.id = id;
    if (table.owner_column() == nullptr) row->head.owner = 0;
  }
  row->head.version = row->head.created_version = work.org.store->next_version();
  if (table.state_column() == nullptr) {
    row->head.state = row->head.status = -1;
  } else if (like == nullptr) {
    row->head.state = 0;
    row->head.status = default_status(table, 0);
  }
  row->pack(draft.sorted());
  work.tx.put(table, std::move(row));
}

void change_direct(Work& work, const Table& table, const Uuid& id,
                   std::initializer_list<NamedCell> cells) {
  const Row* before = work.store().row(table, id);
  if (before == nullptr) return;
  std::vector<ColumnCell> old;
  before->unpack(old);
  RowDraft draft;
  for (const auto& [column, cell] : old) draft.append(column, cell);
  for (const auto& [name, cell] : cells)
    if (const Column* column = table.column(name); column != nullptr)
      draft.set(column->index, cell);
  auto row = std::make_unique<Row>();
  row->head = before->head;
  row->head.version = work.org.store->next_version();
  row->head.modified_on = work.org.now();
  row->head.modified_by = work.caller.ref;
  row->pack(draft.sorted());
  work.tx.put(table, std::move(row));
}

}  // namespace flit::sim::dataverse
