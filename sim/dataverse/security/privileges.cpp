#include "sim/dataverse/security/privileges.hpp"

#include <map>
#include <vector>

#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/write/row_draft.hpp"

namespace flit::sim::dataverse {
namespace {

/// What a privilege's row says.
struct Definition {
  int right = 0;          ///< AccessRights; 0: of no table
  bool of_owner = false;  ///< its table's rows have owners, so it can be less than global
};

/// The values of the platform's enumeration AccessRights.
constexpr std::pair<AccessRight, int> rights[] = {
    {AccessRight::read, 1},        {AccessRight::write, 2},       {AccessRight::append, 4},
    {AccessRight::append_to, 16},  {AccessRight::create, 32},     {AccessRight::remove, 0x10000},
    {AccessRight::share, 0x40000}, {AccessRight::assign, 0x80000}};

/// Privileges of no table that something here asks for (§2, §10, §11, §14).
constexpr const char* others[] = {
    "prvActOnBehalfOfAnotherUser",  "prvAssignRole",          "prvBulkDelete",
    "prvBypassCustomBusinessLogic", "prvBypassCustomPlugins", "prvMerge",
    "prvOverrideCreatedOnCreatedBy"};
constexpr const char* definition_verbs[] = {"Create", "Read", "Write", "Delete"};
constexpr const char* definition_parts[] = {"Entity", "Attribute", "EntityKey", "Relationship",
                                            "OptionSet"};

void add_rights_on(const Table& table, std::map<std::string, Definition>& all) {
  const bool owned = table.ownership == Ownership::user;
  for (const auto& [right, value] : rights)
    if (owned || (right != AccessRight::share && right != AccessRight::assign))
      all[privilege_name(right, table)] = {value, owned};
}

std::map<std::string, Definition> definitions_of(const Organization& org) {
  std::map<std::string, Definition> all;
  for (const Table& table : org.catalogue->tables())
    if (!table.is_deleted && !table.is_intersect && is_guarded(table)) add_rights_on(table, all);
  for (const char* name : others) all[name];
  for (const char* verb : definition_verbs)
    for (const char* part : definition_parts) all["prv" + std::string(verb) + part];
  for (const auto& [role, grants] : org.roles.named_grants())
    for (const Grant& grant : grants)
      if (grant.privilege.find('*') == std::string::npos) all[grant.privilege];
  return all;
}

void put_row(Organization& org, const std::string& name, const Definition& definition) {
  const Table& table = org.table("privilege");
  RowDraft draft;
  const auto set = [&](std::string_view column, const Cell& cell) {
    draft.set(table.column(column)->index, cell);
  };
  set("name", Cell::of_text(name));
  if (definition.right != 0) set("accessright", Cell::integer(definition.right));
  for (const char* column : {"canbebasic", "canbelocal", "canbedeep"})
    set(column, Cell::boolean(definition.of_owner));
  set("canbeglobal", Cell::boolean(true));
  auto row = std::make_unique<Row>();
  row->head.id = privilege_id(name);
  row->head.version = row->head.created_version = org.store->next_version();
  row->pack(draft.sorted());
  org.store->open(table).put(std::move(row));
}

/// Roles and what the settings say that they may.
using Granted = std::vector<std::pair<Uuid, Rights>>;

/// A new privilege goes to the roles whose settings name it, and to the administrators.
void give(Organization& org, const std::string& name, const Granted& granted) {
  const Uuid id = privilege_id(name);
  const Table& roles = org.table("role");
  const auto tie = [&](const Uuid& role, Depth depth) {
    if (depth == Depth::none || org.store->row(roles, role) == nullptr) return;
    org.store->links(role_privileges).add(id, role);
    if (depth == Depth::all) org.store->links(global_role_privileges).add(id, role);
  };
  if (!org.roles.administrator().is_nil()) tie(org.roles.administrator(), Depth::all);
  for (const auto& [role, rights_of_role] : granted) tie(role, rights_of_role.depth(name));
}

void drop(Organization& org, const Uuid& id) {
  for (const char* name : {role_privileges, global_role_privileges}) {
    LinkTable& links = org.store->links(name);
    for (const Uuid& role : links.of_first(id)) links.remove(id, role);
  }
  org.store->open(org.table("privilege")).take(id);
}

}  // namespace

Uuid privilege_id(std::string_view name) {
  return metadata_id_of("privilege", name);
}

void settle_privileges(Organization& org) {
  const RecordTable& rows = org.store->open(org.table("privilege"));
  const std::uint16_t name_column = org.table("privilege").column("name")->index;
  const auto wanted = definitions_of(org);
  std::vector<Uuid> gone;
  rows.each([&](const Row& row) {
    if (!wanted.contains(std::string(row.cell(name_column).text))) gone.push_back(row.head.id);
    return true;
  });
  for (const Uuid& id : gone) drop(org, id);
  Granted granted;
  for (const auto& [role, grants] : org.roles.named_grants())
    granted.emplace_back(role, Rights(grants, 1));
  for (const auto& [name, definition] : wanted) {
    if (rows.find(privilege_id(name)) != nullptr) continue;
    put_row(org, name, definition);
    give(org, name, granted);
  }
}

}  // namespace flit::sim::dataverse
