// Functions and actions that are bound to a row, by name (fact sheet §9, §12).

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

Answer<ApiReply> access_of_principal(Session& session, const Table&, const Row& row) {
  return principal_access(session, row.head.id);
}

struct RowOperation {
  std::string_view table;
  std::string_view name;
  bool is_action;
  Answer<ApiReply> (*run)(Session&, const Table&, const Row&);
};

constexpr RowOperation operations[] = {
    {"systemuser", "RetrievePrincipalAccess", false, access_of_principal},
    {"team", "RetrievePrincipalAccess", false, access_of_principal},
    {"systemuser", "RetrieveUserPrivileges", false, user_privileges},
    {"lead", "QualifyLead", true, qualify_lead},
    {"role", "AddPrivilegesRole", true, add_role_privileges},
    {"role", "ReplacePrivilegesRole", true, replace_role_privileges},
    {"role", "RemovePrivilegeRole", true, remove_role_privilege},
};

}  // namespace

Answer<ApiReply> handle_row_action(Session& session, const Table& table) {
  constexpr std::string_view prefix = "Microsoft.Dynamics.CRM.";
  std::string_view name = session.segment(1).name;
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  for (const RowOperation& operation : operations) {
    if (operation.table != table.logical_name || operation.name != name) continue;
    if (operation.is_action != (session.work != nullptr) ||
        session.call.method != (operation.is_action ? "POST" : "GET"))
      return refuse(wrong_method(session));
    FLIT_TRY(address, addressed_row(session, table));
    FLIT_TRY(row, existing_row(session, address));
    return operation.run(session, table, *row);
  }
  return refuse(errors::no_such_segment(session.segment(1).name));
}

}  // namespace flit::sim::dataverse
