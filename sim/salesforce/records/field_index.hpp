#pragma once
/// @file Which rows have a given value in one field: hash chains over the slots of a table.
///
/// Rows that share a bucket hang on one chain; whoever asks compares the rows themselves. Adding is
/// constant however many rows share a value, removing walks the chain. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/salesforce/schema/cell.hpp"
#include "sim/salesforce/schema/field.hpp"

namespace flit::sim::salesforce {

/// Equal for cells that the field counts as the same key: text without case unless the field tells
/// case (fact sheet §2.5).
std::uint64_t key_hash(const Field& field, const Cell& cell);
bool same_key(const Field& field, const Cell& left, const Cell& right);

class FieldIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  void add(std::uint64_t hash, std::uint32_t slot);
  void remove(std::uint64_t hash, std::uint32_t slot);

  /// The first slot of the chain, and the one after a slot.
  std::uint32_t first(std::uint64_t hash) const {
    return heads_.empty() ? none : heads_[hash & (heads_.size() - 1)];
  }
  std::uint32_t next(std::uint32_t slot) const { return entries_[slot].next; }
  std::uint64_t hash_of(std::uint32_t slot) const { return entries_[slot].hash; }

  std::size_t memory() const {
    return heads_.capacity() * sizeof(std::uint32_t) + entries_.capacity() * sizeof(Entry);
  }

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t next = none;
  };
  void grow();

  std::vector<std::uint32_t> heads_;  // a power of two
  std::vector<Entry> entries_;        // by slot
  std::vector<bool> present_;
  std::size_t count_ = 0;
};

}  // namespace flit::sim::salesforce
