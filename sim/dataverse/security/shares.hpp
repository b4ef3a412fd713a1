#pragma once
/// @file Rows that were shared: which principal may do what with a row that is not its own.
///
/// Behind 0x80048306 (§9). GrantAccess, ModifyAccess and RevokeAccess write it. Not thread-safe;
/// the organization's lock protects it.

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "base/uuid.hpp"
#include "sim/dataverse/security/rights.hpp"

namespace flit::sim::dataverse {

/// One bit per AccessRight.
using AccessMask = std::uint32_t;

inline AccessMask bit(AccessRight access) {
  return 1U << static_cast<unsigned>(access);
}

class Shares {
 public:
  struct Row {
    std::uint16_t table = 0;
    Uuid id{};
    auto operator<=>(const Row&) const = default;
  };

  AccessMask of(const Row& row, const Uuid& principal) const {
    const auto found = masks_.find({row, principal});
    return found == masks_.end() ? 0 : found->second;
  }

  /// 0 ends the share. Gives what was there before.
  AccessMask set(const Row& row, const Uuid& principal, AccessMask mask) {
    const AccessMask before = of(row, principal);
    if (mask == 0)
      masks_.erase({row, principal});
    else
      masks_[{row, principal}] = mask;
    return before;
  }

  /// With whom the row is shared, in the order of their ids.
  std::vector<std::pair<Uuid, AccessMask>> of(const Row& row) const {
    std::vector<std::pair<Uuid, AccessMask>> found;
    for (auto at = masks_.lower_bound({row, Uuid{}}); at != masks_.end() && at->first.first == row;
         ++at)
      found.emplace_back(at->first.second, at->second);
    return found;
  }

  void clear() { masks_.clear(); }

 private:
  std::map<std::pair<Row, Uuid>, AccessMask> masks_;
};

}  // namespace flit::sim::dataverse
