#pragma once
/// @file Privileges as rows: `privileges`, and which role has them with what depth (fact sheet §9).
///
/// Each guarded table has one per right, named as rights.hpp says; the others belong to no table.
/// They follow the definitions: a new table brings its own, a deleted one takes them along. A role
/// has what `roleprivileges_association` ties to it, for own rows unless the pair stands among the
/// global ones, too. The ids are those that refusals name.

#include <string>
#include <string_view>

#include "base/uuid.hpp"
#include "sim/dataverse/security/rights.hpp"

namespace flit::sim::dataverse {

class Organization;

/// Pairs of privilege and role (PD reference/entities/roleprivileges).
inline constexpr const char* role_privileges = "roleprivileges_association";
/// Those pairs that reach every row. No relationship: clients do not see it.
inline constexpr const char* global_role_privileges = "roleprivileges:global";

Uuid privilege_id(std::string_view name);

/// Makes the rows fit the definitions, and gives new privileges to the roles whose settings name
/// them. REQUIRES: the organization's exclusive lock.
void settle_privileges(Organization& organization);

}  // namespace flit::sim::dataverse
