#include "sim/dataverse/records/record_table.hpp"

#include <algorithm>

namespace flit::sim::dataverse {
namespace {

/// The platform compares text without case (§5); this folds ASCII and Latin-1 supplement letters.
void append_folded(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if (c == 0xC3 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      const bool upper = next >= 0x80 && next <= 0x9E && next != 0x97;
      out += static_cast<char>(c);
      out += static_cast<char>(upper ? next + 0x20 : next);
    } else {
      out += static_cast<char>(c);
    }
  }
}

}  // namespace

void append_key_part(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case CellKind::text:
      append_folded(out, cell.text);
      break;
    case CellKind::decimal:
      out += cell.text;
      break;
    case CellKind::uuid:
    case CellKind::lookup:
      cell.id.append_to(out);
      break;
    case CellKind::floating:
      out += std::to_string(cell.floating);
      break;
    default:
      out += std::to_string(cell.number + (cell.kind == CellKind::yes ? 1 : 0));
  }
  out += '\x1f';
}

const Row* RecordTable::find(const Uuid& id) const {
  const std::uint32_t slot = by_id_.find(id, Slots{rows_});
  return slot == UuidIndex::none ? nullptr : rows_[slot].get();
}

std::unique_ptr<Row> RecordTable::put(std::unique_ptr<Row> row) {
  const std::uint32_t known = by_id_.find(row->head.id, Slots{rows_});
  if (known != UuidIndex::none) {
    unindex(*rows_[known], known);
    std::unique_ptr<Row> before = std::move(rows_[known]);
    rows_[known] = std::move(row);
    index(*rows_[known], known);
    return before;
  }
  std::uint32_t slot = static_cast<std::uint32_t>(rows_.size());
  if (free_.empty()) {
    rows_.push_back(std::move(row));
  } else {
    slot = free_.back();
    free_.pop_back();
    rows_[slot] = std::move(row);
  }
  by_id_.insert(rows_[slot]->head.id, slot, Slots{rows_});
  if (ordered_) order_.add(rows_[slot]->head.id, slot);
  index(*rows_[slot], slot);
  return nullptr;
}

std::unique_ptr<Row> RecordTable::take(const Uuid& id) {
  const std::uint32_t slot = by_id_.find(id, Slots{rows_});
  if (slot == UuidIndex::none) return nullptr;
  unindex(*rows_[slot], slot);
  by_id_.erase(id, Slots{rows_});
  std::unique_ptr<Row> row = std::move(rows_[slot]);
  free_.push_back(slot);
  return row;
}

bool RecordTable::is_indexed(const Column& column) const {
  return is_reference(column.type) && column.role == Role::stored &&
         column.logical_name != "transactioncurrencyid" &&
         column.logical_name != "createdonbehalfby" &&
         column.logical_name != "modifiedonbehalfby" && column.logical_name != "organizationid";
}

void RecordTable::index(const Row& row, std::uint32_t slot) {
  ++changes_;
  thread_local std::vector<ColumnCell> cells;
  row.unpack_lookups(cells);
  for (const auto& [column, cell] : cells)
    if (is_indexed(definition_.column_at(column))) lookups_[column].add(cell.id, slot);
  for (const AlternateKey& key : definition_.keys)
    if (const auto found = keys_.find(key.logical_name); found != keys_.end())
      if (const auto text = key_text(key, row)) found->second[*text] = slot;
}

void RecordTable::unindex(const Row& row, std::uint32_t slot) {
  ++changes_;
  thread_local std::vector<ColumnCell> cells;
  row.unpack_lookups(cells);
  for (const auto& [column, cell] : cells)
    if (is_indexed(definition_.column_at(column))) lookups_[column].remove(cell.id, slot);
  for (const AlternateKey& key : definition_.keys)
    if (const auto found = keys_.find(key.logical_name); found != keys_.end())
      if (const auto text = key_text(key, row)) {
        const auto entry = found->second.find(*text);
        if (entry != found->second.end() && entry->second == slot) found->second.erase(entry);
      }
}

void RecordTable::settle_order() const {
  const std::lock_guard lock(sort_mutex_);
  if (ordered_ && order_.is_settled()) return;
  if (!ordered_)
    for (std::uint32_t slot = 0; slot < rows_.size(); ++slot)
      if (rows_[slot] != nullptr) order_.add(rows_[slot]->head.id, slot);
  ordered_ = true;
  order_.settle([&](const IdOrder::Entry& entry) {
    const auto& row = rows_[entry.slot];
    return row != nullptr && row->head.id == entry.id;
  });
}

void RecordTable::each_after(const std::optional<Uuid>& after,
                             const std::function<bool(const Row&)>& visit) const {
  settle_order();
  const Row* last = nullptr;
  order_.walk(after, [&](const IdOrder::Entry& entry) {
    const Row* row = rows_[entry.slot].get();
    if (row == nullptr || row == last || row->head.id != entry.id) return true;
    last = row;
    return visit(*row);
  });
}

std::vector<Uuid> RecordTable::referring(std::uint16_t column, const Uuid& target) const {
  std::vector<Uuid> ids;
  if (is_indexed(definition_.column_at(column))) {
    const auto found = lookups_.find(column);
    if (found == lookups_.end()) return ids;
    found->second.each(target, [&](std::uint32_t slot) { ids.push_back(rows_[slot]->head.id); });
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  each([&](const Row& row) {
    const Cell cell = row.cell(column);
    if (cell.kind == CellKind::lookup && cell.id == target) ids.push_back(row.head.id);
    return true;
  });
  return ids;
}

const Row* RecordTable::find_by_key(std::string_view key, const std::string& text) const {
  const auto index = keys_.find(std::string(key));
  if (index == keys_.end()) return nullptr;
  const auto entry = index->second.find(text);
  return entry == index->second.end() ? nullptr : rows_[entry->second].get();
}

std::optional<std::string> RecordTable::key_text(const AlternateKey& key, const Row& row) const {
  std::string text;
  for (const std::uint16_t column : key.columns) {
    const Cell cell = row.cell(column);
    if (!cell.has_value()) return std::nullopt;
    append_key_part(text, cell);
  }
  return text;
}

bool RecordTable::build_key(const AlternateKey& key) {
  KeyIndex index;
  for (std::uint32_t slot = 0; slot < rows_.size(); ++slot) {
    if (rows_[slot] == nullptr) continue;
    const auto text = key_text(key, *rows_[slot]);
    if (text && !index.emplace(*text, slot).second) return false;
  }
  keys_[key.logical_name] = std::move(index);
  return true;
}

void RecordTable::drop_key(const std::string& key) {
  keys_.erase(key);
}

const AlternateKey* RecordTable::violated_key(const Row& row) const {
  for (const AlternateKey& key : definition_.keys) {
    const auto index = keys_.find(key.logical_name);
    if (index == keys_.end()) continue;
    const auto text = key_text(key, row);
    if (!text) continue;
    const auto entry = index->second.find(*text);
    if (entry != index->second.end() && rows_[entry->second]->head.id != row.head.id) return &key;
  }
  return nullptr;
}

void RecordTable::clear() {
  rows_.clear();
  free_.clear();
  by_id_ = {};
  for (auto& [name, index] : keys_) index.clear();
  lookups_.clear();
  order_.clear();
  ordered_ = false;
}

std::size_t RecordTable::memory() const {
  constexpr std::size_t block = 16;  // what the allocator adds to each of a row's two blocks
  std::size_t bytes = by_id_.memory() + rows_.capacity() * sizeof(void*) + order_.memory();
  for (const auto& row : rows_)
    if (row != nullptr) bytes += sizeof(Row) + row->packed_size() + 2 * block;
  for (const auto& [column, index] : lookups_) bytes += index.memory();
  for (const auto& [name, index] : keys_)
    for (const auto& [text, slot] : index) bytes += 72 + text.capacity();
  return bytes;
}

}  // namespace flit::sim::dataverse
