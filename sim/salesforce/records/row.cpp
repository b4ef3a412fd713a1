#include "sim/salesforce/records/row.hpp"

#include <cstring>

namespace flit::sim::salesforce {
namespace {

struct Tag {
  std::uint16_t field;
  CellKind kind;
  std::uint8_t scale;  // of a number; of a boolean its value
};
static_assert(sizeof(Tag) == 4);

std::size_t payload_size(CellKind kind, std::size_t text) {
  if (kind == CellKind::boolean) return 0;
  return kind == CellKind::text ? sizeof(std::uint32_t) + text : sizeof(std::int64_t);
}

/// Reads the value at `at` and moves behind it.
Cell read_cell(const char*& at, Tag& tag) {
  std::memcpy(&tag, at, sizeof tag);
  at += sizeof tag;
  Cell cell{.kind = tag.kind};
  if (tag.kind == CellKind::boolean) {
    cell.number = tag.scale;
  } else if (tag.kind == CellKind::text) {
    std::uint32_t size = 0;
    std::memcpy(&size, at, sizeof size);
    cell.text = {at + sizeof size, size};
    at += sizeof size + size;
  } else {
    std::memcpy(&cell.number, at, sizeof cell.number);
    cell.scale = tag.scale;
    at += sizeof cell.number;
  }
  return cell;
}

}  // namespace

void Row::pack(std::span<const FieldCell> cells) {
  std::size_t size = 0;
  for (const auto& [field, cell] : cells)
    size += sizeof(Tag) + payload_size(cell.kind, cell.text.size());
  bytes_ = std::make_unique<char[]>(size);
  size_ = static_cast<std::uint32_t>(size);
  char* at = bytes_.get();
  for (const auto& [field, cell] : cells) {
    const bool yes_no = cell.kind == CellKind::boolean;
    const Tag tag{field, cell.kind, yes_no ? static_cast<std::uint8_t>(cell.number) : cell.scale};
    std::memcpy(at, &tag, sizeof tag);
    at += sizeof tag;
    if (cell.kind == CellKind::text) {
      const auto length = static_cast<std::uint32_t>(cell.text.size());
      std::memcpy(at, &length, sizeof length);
      std::memcpy(at + sizeof length, cell.text.data(), length);
      at += sizeof length + length;
    } else if (!yes_no) {
      std::memcpy(at, &cell.number, sizeof cell.number);
      at += sizeof cell.number;
    }
  }
}

Cell Row::packed_cell(std::uint16_t field) const {
  const char* at = bytes_.get();
  const char* const end = at + size_;
  while (at < end) {
    Tag tag{};
    const Cell cell = read_cell(at, tag);
    if (tag.field == field) return cell;
    if (tag.field > field) break;
  }
  return {};
}

Cell Row::cell(const Field& field) const {
  switch (field.home) {
    case Home::cells:
      return packed_cell(field.index);
    case Home::id:
      return Cell::of_id(head.id);
    case Home::is_deleted:
      return Cell::boolean(!is_live());
    case Home::created_date:
      return Cell::datetime(head.created_ms);
    case Home::created_by:
      return Cell::of_id(head.created_by);
    case Home::modified_date:
      return Cell::datetime(head.modified_ms);
    case Home::modified_by:
      return Cell::of_id(head.modified_by);
    case Home::stamp:
      return Cell::datetime(head.stamp_ms);
  }
  return {};
}

void Row::unpack(std::vector<FieldCell>& cells) const {
  const char* at = bytes_.get();
  const char* const end = at + size_;
  while (at < end) {
    Tag tag{};
    const Cell cell = read_cell(at, tag);
    cells.emplace_back(tag.field, cell);
  }
}

std::unique_ptr<Row> Row::copy() const {
  auto row = std::make_unique<Row>();
  row->head = head;
  row->assign_packed(packed());
  return row;
}

void Row::assign_packed(std::string_view bytes) {
  bytes_ = std::make_unique<char[]>(bytes.size());
  size_ = static_cast<std::uint32_t>(bytes.size());
  if (!bytes.empty()) std::memcpy(bytes_.get(), bytes.data(), bytes.size());
}

}  // namespace flit::sim::salesforce
