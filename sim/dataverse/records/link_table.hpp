#pragma once
/// @file The pairs of one many-to-many relationship, readable from both sides.
///
/// Not thread-safe; the organization's lock protects it.

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

class LinkTable {
 public:
  /// False when the pair was there already.
  bool add(const Uuid& first, const Uuid& second) {
    if (!forward_.emplace(first, second).second) return false;
    backward_.emplace(second, first);
    ++changes_;
    return true;
  }

  bool remove(const Uuid& first, const Uuid& second) {
    if (forward_.erase({first, second}) == 0) return false;
    backward_.erase({second, first});
    ++changes_;
    return true;
  }

  void clear() {
    forward_.clear();
    backward_.clear();
    ++changes_;
  }

  bool contains(const Uuid& first, const Uuid& second) const {
    return forward_.contains({first, second});
  }

  std::vector<Uuid> of_first(const Uuid& first) const { return partners(forward_, first); }
  std::vector<Uuid> of_second(const Uuid& second) const { return partners(backward_, second); }

  const std::set<std::pair<Uuid, Uuid>>& pairs() const { return forward_; }
  std::size_t size() const { return forward_.size(); }

  /// Grows with every change: what was computed from the pairs can be kept until then.
  std::uint64_t changes() const { return changes_; }

 private:
  static std::vector<Uuid> partners(const std::set<std::pair<Uuid, Uuid>>& pairs, const Uuid& id) {
    std::vector<Uuid> found;
    for (auto at = pairs.lower_bound({id, Uuid{}}); at != pairs.end() && at->first == id; ++at)
      found.push_back(at->second);
    return found;
  }

  std::set<std::pair<Uuid, Uuid>> forward_;
  std::set<std::pair<Uuid, Uuid>> backward_;
  std::uint64_t changes_ = 0;
};

}  // namespace flit::sim::dataverse
