#pragma once
/// @file OwnerDirectory of Dataverse: users and teams, and whether they may own rows.
///
/// Two tables, a page at a time, with the roles that each holds itself (facts/dataverse.md §12): a
/// user owns rows when enabled, of an access mode that works with data, and holding a role; a team
/// when it is an owner team (type 0) with a role. A role that a user has only through a team is not
/// seen here: such a user is reported as unable. Our own application user must hold a role to read
/// at all; where nobody shows one, roles are hidden from us, and everybody else's are taken for
/// granted: the platform then refuses single rows (0x80040231). Thread-safe.

#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class OwnerDirectory final : public model::OwnerDirectory {
 public:
  /// `api` outlives this.
  explicit OwnerDirectory(const WebApi& api) : api_(api) {}

  Result<std::vector<model::Owner>> owners(std::stop_token stop) override;

 private:
  const WebApi& api_;
};

}  // namespace flit::destinations::dataverse
