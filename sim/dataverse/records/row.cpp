#include "sim/dataverse/records/row.hpp"

#include <cstring>

namespace flit::sim::dataverse {
namespace {

void put_varint(std::vector<std::uint8_t>& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

void put_bytes(std::vector<std::uint8_t>& out, const void* data, std::size_t size) {
  const auto* first = static_cast<const std::uint8_t*>(data);
  out.insert(out.end(), first, first + size);
}

void put_cell(std::vector<std::uint8_t>& out, std::uint16_t column, const Cell& cell) {
  put_bytes(out, &column, 2);
  out.push_back(static_cast<std::uint8_t>(cell.kind));
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null:
    case CellKind::no:
    case CellKind::yes:
      break;
    case CellKind::integer:
    case CellKind::instant:
    case CellKind::date:
      put_varint(out, zigzag(cell.number));
      break;
    case CellKind::floating:
      put_bytes(out, &cell.floating, sizeof(double));
      break;
    case CellKind::uuid:
      put_bytes(out, cell.id.bytes().data(), 16);
      break;
    case CellKind::lookup:
      put_bytes(out, &cell.table, 2);
      put_bytes(out, cell.id.bytes().data(), 16);
      break;
    case CellKind::decimal:
    case CellKind::text:
      put_varint(out, cell.text.size());
      put_bytes(out, cell.text.data(), cell.text.size());
      break;
  }
}

/// Walks over packed bytes, which only put_cell() makes.
class Reader {
 public:
  explicit Reader(std::string_view bytes)
      : at_(reinterpret_cast<const std::uint8_t*>(bytes.data())), end_(at_ + bytes.size()) {}

  bool done() const { return at_ == end_; }

  /// Passes over the cells of columns before this one: most of a row, for whoever wants one cell.
  void pass_to(std::uint16_t wanted) {
    while (!done()) {
      std::uint16_t column = 0;
      std::memcpy(&column, at_, 2);
      if (column >= wanted) return;
      const auto kind = static_cast<CellKind>(at_[2]);
      at_ += 3;
      pass(kind);
    }
  }

  ColumnCell next() {
    std::uint16_t column = 0;
    take(&column, 2);
    Cell cell;
    cell.kind = static_cast<CellKind>(*at_++);
    switch (cell.kind) {
      case CellKind::absent:
      case CellKind::null:
      case CellKind::no:
      case CellKind::yes:
        break;
      case CellKind::integer:
      case CellKind::instant:
      case CellKind::date:
        cell.number = unzigzag(varint());
        break;
      case CellKind::floating:
        take(&cell.floating, sizeof(double));
        break;
      case CellKind::uuid:
        cell.id = uuid();
        break;
      case CellKind::lookup:
        take(&cell.table, 2);
        cell.id = uuid();
        break;
      case CellKind::decimal:
      case CellKind::text: {
        const std::size_t size = varint();
        cell.text = {reinterpret_cast<const char*>(at_), size};
        at_ += size;
        break;
      }
    }
    return {column, cell};
  }

 private:
  void pass(CellKind kind) {
    switch (kind) {
      case CellKind::absent:
      case CellKind::null:
      case CellKind::no:
      case CellKind::yes:
        return;
      case CellKind::integer:
      case CellKind::instant:
      case CellKind::date:
        while (*at_++ >= 0x80) {
        }
        return;
      case CellKind::floating:
        at_ += sizeof(double);
        return;
      case CellKind::uuid:
        at_ += 16;
        return;
      case CellKind::lookup:
        at_ += 18;
        return;
      case CellKind::decimal:
      case CellKind::text: {
        const std::size_t size = varint();
        at_ += size;
        return;
      }
    }
  }
  void take(void* to, std::size_t size) {
    std::memcpy(to, at_, size);
    at_ += size;
  }
  Uuid uuid() {
    Uuid::Bytes bytes;
    take(bytes.data(), bytes.size());
    return Uuid(bytes);
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t byte = *at_++;
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

}  // namespace

void Row::pack(std::span<const ColumnCell> cells) {
  thread_local std::vector<std::uint8_t> scratch;
  scratch.clear();
  for (const auto& [column, cell] : cells)
    if (cell.kind != CellKind::absent) put_cell(scratch, column, cell);
  assign_packed({reinterpret_cast<const char*>(scratch.data()), scratch.size()});
}

void Row::assign_packed(std::string_view bytes) {
  size_ = static_cast<std::uint32_t>(bytes.size());
  bytes_.reset(size_ == 0 ? nullptr : new std::uint8_t[size_]);
  if (size_ > 0) std::memcpy(bytes_.get(), bytes.data(), size_);
}

Cell Row::cell(std::uint16_t wanted) const {
  Reader reader(packed());
  reader.pass_to(wanted);
  if (reader.done()) return {};
  const auto [column, cell] = reader.next();
  return column == wanted ? cell : Cell();
}

void Row::unpack(std::vector<ColumnCell>& cells) const {
  cells.clear();
  for (Reader reader(packed()); !reader.done();) cells.push_back(reader.next());
}

void Row::unpack_lookups(std::vector<ColumnCell>& cells) const {
  cells.clear();
  for (Reader reader(packed()); !reader.done();)
    if (const ColumnCell cell = reader.next(); cell.second.kind == CellKind::lookup)
      cells.push_back(cell);
}

std::unique_ptr<Row> Row::copy() const {
  auto row = std::make_unique<Row>();
  row->head = head;
  row->assign_packed(packed());
  return row;
}

}  // namespace flit::sim::dataverse
