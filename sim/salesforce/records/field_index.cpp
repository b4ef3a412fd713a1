#include "sim/salesforce/records/field_index.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace flit::sim::salesforce {
namespace {

/// Whether upper and lower case are the same key. Only unique fields that ignore case and name-like
/// look-up fields do (§2.5); every other external id tells case.
bool ignores_case(const Field& field) {
  if (field.external_id || field.unique) return field.unique && !field.case_sensitive;
  return true;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0; });
}

}  // namespace

std::uint64_t key_hash(const Field& field, const Cell& cell) {
  if (cell.kind != CellKind::text)
    return mix64(static_cast<std::uint64_t>(cell.number) +
                 (static_cast<std::uint64_t>(cell.scale) << 58U));
  if (!ignores_case(field)) return hash64(cell.text);
  return hash64(is_ascii(cell.text) ? text::ascii_lower(cell.text) : text::fold_case(cell.text));
}

bool same_key(const Field& field, const Cell& left, const Cell& right) {
  if (left.kind != right.kind) return false;
  if (left.kind != CellKind::text) return left.number == right.number && left.scale == right.scale;
  if (left.text == right.text) return true;
  return ignores_case(field) && text::equals_fold(left.text, right.text);
}

void FieldIndex::add(std::uint64_t hash, std::uint32_t slot) {
  if (slot >= entries_.size()) {
    entries_.resize(slot + 1);
    present_.resize(slot + 1);
  }
  if (count_ >= heads_.size()) grow();
  std::uint32_t& head = heads_[hash & (heads_.size() - 1)];
  entries_[slot] = {hash, head};
  present_[slot] = true;
  head = slot;
  ++count_;
}

void FieldIndex::remove(std::uint64_t hash, std::uint32_t slot) {
  std::uint32_t* at = &heads_[hash & (heads_.size() - 1)];
  while (*at != slot) at = &entries_[*at].next;
  *at = entries_[slot].next;
  present_[slot] = false;
  --count_;
}

void FieldIndex::grow() {
  heads_.assign(std::max<std::size_t>(64, heads_.size() * 2), none);
  for (std::uint32_t slot = 0; slot < entries_.size(); ++slot) {
    if (!present_[slot]) continue;
    std::uint32_t& head = heads_[entries_[slot].hash & (heads_.size() - 1)];
    entries_[slot].next = head;
    head = slot;
  }
}

}  // namespace flit::sim::salesforce
