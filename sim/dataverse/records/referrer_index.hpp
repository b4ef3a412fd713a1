#pragma once
/// @file Which rows name a target in one lookup column.
///
/// The slots of a target's rows form a chain through an array by slot, so that adding and removing
/// take constant time however many rows name one target (a stage, say). The heads of the chains lie
/// in an open-addressing table of targets. 8 bytes a row of the table, 20 a target at two thirds
/// full. Not thread-safe.

#include <cstdint>
#include <vector>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

class ReferrerIndex {
 public:
  /// REQUIRES: the slot is in no chain of this index.
  void add(const Uuid& target, std::uint32_t slot) {
    if (links_.size() <= slot) links_.resize(slot + 1U);
    Head& head = head_for(target);
    links_[slot] = {.next = head.first, .before = end};
    if (head.first != end) links_[head.first].before = slot;
    head.first = slot;
  }

  /// REQUIRES: added with that target.
  void remove(const Uuid& target, std::uint32_t slot) {
    const Link link = links_[slot];
    if (link.next != end) links_[link.next].before = link.before;
    if (link.before != end)
      links_[link.before].next = link.next;
    else
      heads_[place_of(target)].first = link.next;
  }

  /// Calls `visit(slot)` for each row that names the target, the latest first.
  template <typename Visit>
  void each(const Uuid& target, const Visit& visit) const {
    if (heads_.empty()) return;
    const Head& head = heads_[place_of(target)];
    if (head.first == unused) return;
    for (std::uint32_t slot = head.first; slot != end; slot = links_[slot].next) visit(slot);
  }

  std::size_t memory() const {
    return heads_.capacity() * sizeof(Head) + links_.capacity() * sizeof(Link);
  }

 private:
  static constexpr std::uint32_t unused = UINT32_MAX;
  static constexpr std::uint32_t end = UINT32_MAX - 1;  // of a chain, also of an empty one

  struct Link {
    std::uint32_t next = end;
    std::uint32_t before = end;
  };
  struct Head {
    Uuid target{};
    std::uint32_t first = unused;
  };

  /// Where the target's head is, or belongs. REQUIRES: an unused head somewhere.
  std::size_t place_of(const Uuid& target) const {
    const std::size_t mask = heads_.size() - 1;
    std::size_t at = std::hash<Uuid>{}(target)&mask;
    while (heads_[at].first != unused && heads_[at].target != target) at = (at + 1) & mask;
    return at;
  }

  Head& head_for(const Uuid& target) {
    if ((used_ + 1) * 3 > heads_.size() * 2) grow();
    Head& head = heads_[place_of(target)];
    if (head.first != unused) return head;
    ++used_;
    head = {.target = target, .first = end};
    return head;
  }

  /// Leaves out the targets that no row names any more.
  void grow() {
    const std::vector<Head> old = std::move(heads_);
    const auto has_rows = [](const Head& head) { return head.first < end; };
    used_ = 0;
    for (const Head& head : old) used_ += has_rows(head) ? 1 : 0;
    std::size_t size = 16;
    while (used_ * 3 >= size) size *= 2;
    heads_.assign(size, Head{});
    for (const Head& head : old)
      if (has_rows(head)) heads_[place_of(head.target)] = head;
  }

  std::vector<Head> heads_;  // a power of two long
  std::vector<Link> links_;  // by slot
  std::size_t used_ = 0;     // heads that are not `unused`
};

}  // namespace flit::sim::dataverse
