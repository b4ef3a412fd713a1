#pragma once
/// @file Which rights a user has: roles of the user and of the user's teams (fact sheet §9).
///
/// Roles are rows, tied to users by `systemuserroles_association` and to teams by
/// `teamroles_association`, so a client may give and take them; their privileges are tied to them
/// (privileges.hpp). Answers are kept until one of those ties changes. Thread-safe for readers that
/// hold the organization's lock.

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "base/sync.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/records/record_store.hpp"
#include "sim/dataverse/security/rights.hpp"

namespace flit::sim::dataverse {

class RoleBook {
 public:
  /// What the settings give the role of that id; privileges that come later count, too.
  void define(const Uuid& role, std::vector<Grant> grants);
  void define_administrator(const Uuid& role) { administrator_ = role; }

  const std::map<Uuid, std::vector<Grant>>& named_grants() const { return roles_; }
  const Uuid& administrator() const { return administrator_; }

  /// Null: everything is allowed. Of a user or a team.
  std::shared_ptr<const Rights> of(const RecordStore& store, const Uuid& principal) const;

  /// Teams that the user belongs to.
  static std::vector<Uuid> teams_of(const RecordStore& store, const Uuid& user);

  void clear();

 private:
  using Stamp = std::array<std::uint64_t, 5>;
  struct Known {
    Stamp stamp{};
    std::map<Uuid, std::shared_ptr<const Rights>> rights;
  };
  static Stamp stamp_of(const RecordStore& store);
  std::shared_ptr<const Rights> read(const RecordStore& store, const Uuid& principal) const;

  Uuid administrator_{};
  std::map<Uuid, std::vector<Grant>> roles_;
  mutable Sync<Known> known_;
};

}  // namespace flit::sim::dataverse
