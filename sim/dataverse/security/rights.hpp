#pragma once
/// @file What a user may do: privileges by name, each for own rows or for all (fact sheet §9, §2).
///
/// A privilege is named as the platform names it: "prvCreateAccount". Activities share theirs
/// ("prvReadActivity"), notes say "Note". Values; made once per user and kept until roles change.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "sim/dataverse/metadata/table.hpp"

namespace flit::sim::dataverse {

enum class AccessRight : std::uint8_t {
  create,
  read,
  write,
  remove,
  append,
  append_to,
  share,
  assign
};

enum class Depth : std::uint8_t {
  none,
  own,  ///< rows that the user, or one of the user's teams, owns, and rows shared with them
  all,
};

/// "prvWriteAccount".
std::string privilege_name(AccessRight access, const Table& table);

/// "ReadAccess" and so on, as AccessMask says them.
std::string_view access_name(AccessRight access);

/// Tables that have privileges of their own; rows of the others belong to their parents.
inline bool is_guarded(const Table& table) {
  return table.ownership != Ownership::none;
}

/// One line of a role: "prvReadAccount", "prvReadAccount:own", "prvRead*".
struct Grant {
  std::string privilege{};  ///< may end with "*"
  Depth depth = Depth::all;

  static Grant parse(std::string_view text);
};

class Rights {
 public:
  Rights() = default;
  Rights(std::vector<Grant> grants, int roles);

  Depth depth(std::string_view privilege) const;
  Depth depth(AccessRight access, const Table& table) const {
    return is_guarded(table) ? depth(privilege_name(access, table)) : Depth::all;
  }
  bool holds(std::string_view privilege) const { return depth(privilege) != Depth::none; }

  int roles() const { return roles_; }
  std::size_t privileges() const { return named_.size() + patterns_.size(); }

  /// What both may do: impersonation (§2, "effective rights = intersection").
  static Rights common(const Rights& one, const Rights& other);

 private:
  Depth own_depth(std::string_view privilege) const;

  std::unordered_map<std::string, Depth, TextHash, std::equal_to<>> named_;
  std::vector<Grant> patterns_;          // "prvRead*"
  std::shared_ptr<const Rights> other_;  // the other side of an intersection
  int roles_ = 0;
};

}  // namespace flit::sim::dataverse
