#include "sim/interactive/store/record_table.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::sim::interactive {

namespace {

// cells before the first property
enum SystemCell : std::size_t { tags, participants, merged_ids, merged_into, first_property };

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<char>(value | 0x80U));
  out.push_back(static_cast<char>(value));
}

std::uint64_t read_varint(const char*& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) return value;
  }
}

}  // namespace

std::uint32_t RecordTable::Texts::code(std::string_view text) {
  if (const auto found = codes.find(text); found != codes.end()) return found->second;
  const auto code = static_cast<std::uint32_t>(texts.size());
  texts.emplace_back(text);
  codes.emplace(std::string(text), code);
  return code;
}

RecordTable::RecordTable(ObjectSchema schema) : schema_(std::move(schema)) {}

std::size_t RecordTable::lower_bound(std::uint64_t id) const {
  // ids usually follow each other without a gap
  if (!rows_.empty() && id >= rows_[0].id && id - rows_[0].id < rows_.size() &&
      rows_[id - rows_[0].id].id == id)
    return id - rows_[0].id;
  return static_cast<std::size_t>(
      std::lower_bound(rows_.begin(), rows_.end(), id,
                       [](const Row& row, std::uint64_t wanted) { return row.id < wanted; }) -
      rows_.begin());
}

const Row* RecordTable::find(std::uint64_t id) const {
  const std::size_t at = lower_bound(id);
  return at < rows_.size() && rows_[at].id == id ? &rows_[at] : nullptr;
}

template <typename Visit>
void RecordTable::each_cell(const Row& row, Visit&& visit) const {
  for (const char *at = row.blob, *end = row.blob + row.size; at < end;) {
    const std::size_t index = read_varint(at);
    const std::uint64_t head = read_varint(at);
    std::string_view value;
    if ((head & 1U) != 0) {
      value = few_[index - first_property].texts[head >> 1U];
    } else {
      value = {at, head >> 1U};
      at += head >> 1U;
    }
    visit(index, value);
  }
}

void RecordTable::read(const Row& row, Cells& cells) const {
  cells.values.assign(schema_.properties().size(), {});
  cells.tags = cells.participants = cells.merged_ids = cells.merged_into = {};
  const std::array<std::string_view*, first_property> system{&cells.tags, &cells.participants,
                                                             &cells.merged_ids, &cells.merged_into};
  each_cell(row, [&](std::size_t index, std::string_view value) {
    (index < first_property ? *system[index] : cells.values[index - first_property]) = value;
  });
}

std::string_view RecordTable::value(const Row& row, std::string_view property) const {
  const auto index = schema_.index_of(property);
  std::string_view found;
  each_cell(row, [&](std::size_t cell, std::string_view value) {
    if (index && cell == *index + first_property) found = value;
  });
  return found;
}

Draft RecordTable::draft(const Row& row) const {
  Cells cells;
  read(row, cells);
  Draft draft(schema_);
  draft.id = row.id;
  draft.created_ms = row.created_ms;
  draft.updated_ms = row.updated_ms;
  draft.archived_ms = row.archived_ms;
  draft.created_by = user(row.created_by);
  draft.updated_by = user(row.updated_by);
  draft.system = {std::string(cells.tags), std::string(cells.participants),
                  std::string(cells.merged_ids), std::string(cells.merged_into)};
  for (std::size_t i = 0; i < cells.values.size(); ++i)
    if (!cells.values[i].empty()) draft.put(i, std::string(cells.values[i]));
  return draft;
}

void RecordTable::append_cell(std::size_t index, std::string_view value) {
  if (value.empty()) return;
  append_varint(buffer_, index);
  const bool few =
      index >= first_property && has_few_values(schema_.properties()[index - first_property].type);
  if (few) {
    if (few_.size() < schema_.properties().size()) few_.resize(schema_.properties().size());
    append_varint(buffer_, std::uint64_t{few_[index - first_property].code(value)} << 1U | 1U);
    return;
  }
  append_varint(buffer_, std::uint64_t{value.size()} << 1U);
  buffer_ += value;
}

Row RecordTable::encode(const Draft& draft) {
  buffer_.clear();
  append_cell(tags, draft.system.tags);
  append_cell(participants, draft.system.participants);
  append_cell(merged_ids, draft.system.merged_ids);
  append_cell(merged_into, draft.system.merged_into);
  for (const auto& [index, value] : draft.cells) append_cell(index + first_property, value);
  Row row;
  row.id = draft.id;
  row.created_ms = draft.created_ms;
  // notes show whole seconds, and are ordered by what they show (facts/sources.md §1.3)
  row.updated_ms = schema_.name == "notes" ? draft.updated_ms / 1000 * 1000 : draft.updated_ms;
  row.archived_ms = draft.archived_ms;
  row.blob = arena_.keep(buffer_);
  row.size = static_cast<std::uint32_t>(buffer_.size());
  row.created_by = users_.code(draft.created_by);
  row.updated_by = users_.code(draft.updated_by);
  return row;
}

void RecordTable::append(const Draft& draft) {
  FLIT_CHECK(rows_.empty() || rows_.back().id < draft.id, "ids ascend with creation");
  rows_.push_back(encode(draft));
  archived_ += rows_.back().is_archived() ? 1 : 0;
  insert_into_order(rows_.size() - 1);
}

void RecordTable::replace(const Draft& draft) {
  const std::size_t at = position(draft.id);
  remove_from_order(at);
  archived_ -= rows_[at].is_archived() ? 1 : 0;
  const std::int64_t last_activity = rows_[at].last_activity_ms;
  rows_[at] = encode(draft);
  rows_[at].last_activity_ms = last_activity;
  archived_ += rows_[at].is_archived() ? 1 : 0;
  insert_into_order(at);
}

void RecordTable::erase(std::uint64_t id) {
  const std::size_t at = position(id);
  archived_ -= rows_[at].is_archived() ? 1 : 0;
  rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(at));
  orders_ = {};  // positions have moved: made anew when next asked for
}

void RecordTable::insert(const Draft& draft) {
  const auto at = static_cast<std::ptrdiff_t>(lower_bound(draft.id));
  rows_.insert(rows_.begin() + at, encode(draft));
  archived_ += draft.archived_ms != 0 ? 1 : 0;
  orders_ = {};
}

void RecordTable::set_last_activity(std::uint64_t id, std::int64_t ms) {
  rows_[position(id)].last_activity_ms = ms;
}

std::int64_t RecordTable::time_of(std::uint32_t row, bool archived) const {
  return archived ? rows_[row].archived_ms : rows_[row].updated_ms;
}

const RowOrder& RecordTable::by_time(bool archived) const {
  const std::lock_guard lock(order_mutex_);
  Order& order = orders_[archived ? 1 : 0];
  if (order.made) return order.rows;
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].is_archived() == archived) order.rows.push_back(i);
  std::stable_sort(order.rows.begin(), order.rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return time_of(a, archived) < time_of(b, archived);
  });
  order.made = true;
  return order.rows;
}

void RecordTable::insert_into_order(std::size_t row) {
  const bool archived = rows_[row].is_archived();
  Order& order = orders_[archived ? 1 : 0];
  if (!order.made) return;
  const auto position = static_cast<std::uint32_t>(row);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(time_of(a, archived), a) < std::pair(time_of(b, archived), b);
  };
  order.rows.insert(std::lower_bound(order.rows.begin(), order.rows.end(), position, before),
                    position);
}

void RecordTable::remove_from_order(std::size_t row) {
  Order& order = orders_[rows_[row].is_archived() ? 1 : 0];
  if (order.made)
    order.rows.erase(
        std::find(order.rows.begin(), order.rows.end(), static_cast<std::uint32_t>(row)));
}

std::size_t RecordTable::bytes() const {
  return arena_.bytes() + rows_.capacity() * sizeof(Row);
}

}  // namespace flit::sim::interactive
