#pragma once
/// @file From a row's id to its slot: open addressing, 4 bytes an entry at two thirds full.
///
/// Holds slots only; the id of a slot is asked of the owner, so nothing is stored twice. Not
/// thread-safe.

#include <cstdint>
#include <vector>

#include "base/hash.hpp"
#include "base/uuid.hpp"

namespace flit::sim::dataverse {

class UuidIndex {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  /// The slot whose id equals `id`, or `none`. `id_of(slot)` gives the id of a slot.
  template <typename IdOf>
  std::uint32_t find(const Uuid& id, const IdOf& id_of) const {
    if (entries_.empty()) return none;
    for (std::size_t at = home(id);; at = (at + 1) & mask()) {
      if (entries_[at] == none) return none;
      if (entries_[at] != gone && id_of(entries_[at]) == id) return entries_[at];
    }
  }

  /// REQUIRES: no entry for that id.
  template <typename IdOf>
  void insert(const Uuid& id, std::uint32_t slot, const IdOf& id_of) {
    if ((used_ + 1) * 3 > entries_.size() * 2) grow(id_of);
    std::size_t at = home(id);
    while (entries_[at] != none && entries_[at] != gone) at = (at + 1) & mask();
    used_ += entries_[at] == none ? 1 : 0;
    entries_[at] = slot;
    ++live_;
  }

  template <typename IdOf>
  void erase(const Uuid& id, const IdOf& id_of) {
    if (entries_.empty()) return;
    for (std::size_t at = home(id); entries_[at] != none; at = (at + 1) & mask())
      if (entries_[at] != gone && id_of(entries_[at]) == id) {
        entries_[at] = gone;
        --live_;
        return;
      }
  }

  std::size_t size() const { return live_; }
  std::size_t memory() const { return entries_.capacity() * sizeof(std::uint32_t); }

 private:
  static constexpr std::uint32_t gone = UINT32_MAX - 1;

  std::size_t mask() const { return entries_.size() - 1; }
  std::size_t home(const Uuid& id) const { return std::hash<Uuid>{}(id)&mask(); }

  template <typename IdOf>
  void grow(const IdOf& id_of) {
    std::vector<std::uint32_t> old = std::move(entries_);
    std::size_t size = 16;
    while (live_ * 3 >= size) size *= 2;
    entries_.assign(size, none);
    used_ = live_;
    for (const std::uint32_t slot : old) {
      if (slot == none || slot == gone) continue;
      std::size_t at = home(id_of(slot));
      while (entries_[at] != none) at = (at + 1) & mask();
      entries_[at] = slot;
    }
  }

  std::vector<std::uint32_t> entries_;  // a power of two long
  std::size_t used_ = 0;                // entries that are not `none`
  std::size_t live_ = 0;
};

}  // namespace flit::sim::dataverse
