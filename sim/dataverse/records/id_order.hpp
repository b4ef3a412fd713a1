#pragma once
/// @file The rows of a table in the order of their ids, kept while rows come and go.
///
/// A page is read between two loads of rows, so sorting everything anew per page is too dear. The
/// bulk lies sorted; what came since lies sorted beside it and is taken into the bulk when it has
/// grown to an eighth. Rows that went stay in both as entries that no longer fit their slot; the
/// reader skips them. 20 bytes a row, settle() changes it and must
/// not run beside readers; walk() does not.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

class IdOrder {
 public:
  struct Entry {
    Uuid id{};
    std::uint32_t slot = 0;
    bool operator<(const Entry& other) const { return id < other.id; }
  };

  void add(const Uuid& id, std::uint32_t slot) { recent_.push_back({id, slot}); }

  /// Sorts what was added since the last call. `lives(entry)`: the slot still holds that row.
  template <typename Lives>
  void settle(const Lives& lives) {
    const auto middle = recent_.begin() + static_cast<std::ptrdiff_t>(settled_);
    std::sort(middle, recent_.end());
    std::inplace_merge(recent_.begin(), middle, recent_.end());
    settled_ = recent_.size();
    constexpr std::size_t always_small = 4096;
    if (recent_.size() < bulk_.size() / 8 + always_small) return;
    const std::size_t before = bulk_.size();
    bulk_.insert(bulk_.end(), recent_.begin(), recent_.end());
    std::inplace_merge(bulk_.begin(), bulk_.begin() + static_cast<std::ptrdiff_t>(before),
                       bulk_.end());
    std::erase_if(bulk_, [&](const Entry& entry) { return !lives(entry); });
    recent_.clear();
    settled_ = 0;
  }

  bool is_settled() const { return settled_ == recent_.size(); }

  /// Entries with ids above `after` in order until `visit` returns false. Among them are entries
  /// of rows that went, and of a row that went and came back in its old slot there are two.
  /// REQUIRES: is_settled().
  template <typename Visit>
  void walk(const std::optional<Uuid>& after, const Visit& visit) const {
    auto bulk = start(bulk_, after), recent = start(recent_, after);
    while (bulk != bulk_.end() || recent != recent_.end()) {
      const bool from_bulk = recent == recent_.end() || (bulk != bulk_.end() && !(*recent < *bulk));
      const Entry& entry = from_bulk ? *bulk++ : *recent++;
      if (!visit(entry)) return;
    }
  }

  void clear() { *this = {}; }
  std::size_t memory() const { return (bulk_.capacity() + recent_.capacity()) * sizeof(Entry); }

 private:
  static std::vector<Entry>::const_iterator start(const std::vector<Entry>& entries,
                                                  const std::optional<Uuid>& after) {
    if (!after) return entries.begin();
    return std::upper_bound(entries.begin(), entries.end(), Entry{*after, 0});
  }

  std::vector<Entry> bulk_;
  std::vector<Entry> recent_;
  std::size_t settled_ = 0;  // of recent_, from its front
};

}  // namespace flit::sim::dataverse
