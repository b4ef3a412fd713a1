#include "sim/base/digest.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/encoding.hpp"

namespace flit::sim {

namespace {

std::array<std::uint64_t, 4> words_of(const Sha256::Value& hash) {
  std::array<std::uint64_t, 4> words{};
  for (std::size_t i = 0; i < hash.size(); ++i)
    words.at(i / 8) |= static_cast<std::uint64_t>(hash.at(i)) << (8 * (i % 8));
  return words;
}

void append_sized(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

}  // namespace

RowHasher& RowHasher::cell(std::string_view name, std::string_view value) {
  cells_.push_back({text_.size(), name.size(), value.size()});
  text_ += name;
  text_ += value;
  return *this;
}

std::string_view RowHasher::name_of(const Cell& cell) const {
  return std::string_view(text_).substr(cell.name_at, cell.name_size);
}

std::string_view RowHasher::value_of(const Cell& cell) const {
  return std::string_view(text_).substr(cell.name_at + cell.name_size, cell.value_size);
}

Sha256::Value RowHasher::finish() {
  std::sort(cells_.begin(), cells_.end(), [&](const Cell& a, const Cell& b) {
    return std::pair(name_of(a), value_of(a)) < std::pair(name_of(b), value_of(b));
  });
  canonical_.clear();
  for (const Cell& cell : cells_) {
    append_sized(canonical_, name_of(cell));
    append_sized(canonical_, value_of(cell));
  }
  text_.clear();
  cells_.clear();
  return hash_.update(canonical_).finish();
}

void TableDigest::add(const Sha256::Value& row) {
  const auto words = words_of(row);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const std::uint64_t with_carry = sum_.at(i) + carry;
    carry = with_carry < carry ? 1 : 0;
    sum_.at(i) = with_carry + words.at(i);
    if (sum_.at(i) < with_carry) carry = 1;
  }
  ++rows_;
}

void TableDigest::remove(const Sha256::Value& row) {
  FLIT_CHECK(rows_ > 0, "only a row that is there can be removed");
  const auto words = words_of(row);
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const std::uint64_t before = sum_.at(i);
    const std::uint64_t without = before - words.at(i);
    sum_.at(i) = without - borrow;
    borrow = before < words.at(i) || without < borrow ? 1 : 0;
  }
  --rows_;
}

std::string TableDigest::hex() const {
  std::string bytes;
  for (const std::uint64_t word : sum_)
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes.push_back(static_cast<char>((word >> shift) & 0xFFU));
  return hex::encode(bytes);
}

std::string DigestReport::digest() const {
  std::string text;
  for (const auto& [name, table] : tables) {
    if (table.rows() == 0) continue;
    append_sized(text, name);
    append_sized(text, std::to_string(table.rows()));
    text += table.hex();
  }
  return sha256_hex(text);
}

}  // namespace flit::sim
