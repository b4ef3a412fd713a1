#include "sim/dataverse/security/guard.hpp"

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

errors::Lacking lacking(const Organization& org, const Caller& caller, std::string privilege) {
  errors::Lacking lacking;
  lacking.user = caller.user;
  lacking.roles = caller.rights->roles();
  lacking.privileges = static_cast<int>(caller.rights->privileges());
  lacking.access_mode =
      static_cast<int>(org.number_of("systemuser", caller.user, "accessmode").value_or(0));
  lacking.privilege_id = metadata_id_of("privilege", privilege);
  lacking.privilege = std::move(privilege);
  return lacking;
}

bool is_own(const Organization& org, const Uuid& user, const Row& row) {
  if (row.head.owner == 0) return true;  // the table's rows have no owner
  const Principal& owner = org.store->principal(row.head.owner);
  if (!owner.is_team) return owner.id == user;
  const auto teams = RoleBook::teams_of(*org.store, user);
  return std::find(teams.begin(), teams.end(), owner.id) != teams.end();
}

AccessMask shared_with(const Organization& org, const Uuid& user, const RowOfTable& shared) {
  const Shares::Row place{shared.table.index, shared.row.head.id};
  AccessMask mask = org.shares.of(place, user);
  for (const Uuid& team : RoleBook::teams_of(*org.store, user)) mask |= org.shares.of(place, team);
  return mask;
}

bool reaches(const Organization& org, const Uuid& user, Depth depth, AccessRight access,
             const RowOfTable& asked) {
  if (depth != Depth::own) return depth == Depth::all;
  return is_own(org, user, asked.row) || (shared_with(org, user, asked) & bit(access)) != 0;
}

}  // namespace

Answer<void> require(const Organization& org, const Caller& caller, AccessRight access,
                     const Table& table) {
  if (caller.rights == nullptr || caller.rights->depth(access, table) != Depth::none) return {};
  errors::Lacking missing = lacking(org, caller, privilege_name(access, table));
  missing.object_type_code = table.object_type_code;
  missing.table = table.logical_name;
  return refuse(errors::privilege_denied(missing));
}

Answer<void> require(const Organization& org, const Caller& caller, AccessRight access,
                     const Table& table, const Row& row) {
  FLIT_TRY_VOID(require(org, caller, access, table));
  if (reaches(org, caller, access, table, row)) return {};
  return refuse(
      errors::access_denied(caller.user, access_name(access), table.logical_name, row.head.id));
}

Answer<void> require_append(const Organization& org, const Caller& caller, const Table& table,
                            const Row* row, const RowDraft& draft) {
  if (caller.rights == nullptr || !is_guarded(table)) return {};
  for (const auto& [index, cell] : draft.cells()) {
    if (cell.kind != CellKind::lookup || &table.column_at(index) == table.currency_column())
      continue;
    const Table& target = org.catalogue->table_at(cell.table);
    const Row* named = org.store->row(target, cell.id);
    if (named == nullptr) continue;  // refused as missing later on
    FLIT_TRY_VOID(row == nullptr ? require(org, caller, AccessRight::append, table)
                                 : require(org, caller, AccessRight::append, table, *row));
    FLIT_TRY_VOID(require(org, caller, AccessRight::append_to, target, *named));
  }
  return {};
}

Answer<void> require_append(const Organization& org, const Caller& caller, const RowOfTable& one,
                            const RowOfTable& other) {
  if (caller.rights == nullptr) return {};
  FLIT_TRY_VOID(require(org, caller, AccessRight::append, one.table, one.row));
  return require(org, caller, AccessRight::append_to, other.table, other.row);
}

Answer<void> require_privilege(const Organization& org, const Caller& caller,
                               std::string_view privilege) {
  if (caller.rights == nullptr || caller.rights->holds(privilege)) return {};
  return refuse(errors::privilege_denied(lacking(org, caller, std::string(privilege))));
}

bool reaches(const Organization& org, const Caller& caller, AccessRight access, const Table& table,
             const Row& row) {
  if (caller.rights == nullptr) return true;
  return reaches(org, caller.user, caller.rights->depth(access, table), access, {table, row});
}

AccessMask access_to(const Organization& org, const Uuid& principal, const Table& table,
                     const Row& row) {
  const auto rights = org.roles.of(*org.store, principal);
  AccessMask mask = 0;
  for (const AccessRight access :
       {AccessRight::read, AccessRight::write, AccessRight::remove, AccessRight::append,
        AccessRight::append_to, AccessRight::share, AccessRight::assign})
    if (rights == nullptr ||
        reaches(org, principal, rights->depth(access, table), access, {table, row}))
      mask |= bit(access);
  return mask;
}

}  // namespace flit::sim::dataverse
