// What roles may, changed and read: AddPrivilegesRole as Microsoft's samples call it [S: PS JS
// FunctionsAndActions.js], its neighbours after the Web API reference (fact sheet §9).

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/security/privileges.hpp"

namespace flit::sim::dataverse {
namespace {

struct WantedPrivilege {
  Uuid id{};
  Depth depth = Depth::own;
};

/// PrivilegeDepth: Basic reaches own rows; with one business unit the others reach all.
Answer<Depth> depth_in(json::Value value) {
  if (const auto number = value.as_integer(); number && *number >= 0 && *number <= 3)
    return *number == 0 ? Depth::own : Depth::all;
  const std::string_view name = value.string_or("");
  if (name == "Basic") return Depth::own;
  if (name == "Local" || name == "Deep" || name == "Global") return Depth::all;
  return refuse(
      errors::payload("Privileges", "'" + std::string(name) + "' is no member of PrivilegeDepth."));
}

/// By id, or by name where the id is missing.
Answer<Uuid> privilege_in(const Session& session, json::Value value) {
  const std::string_view text = value["PrivilegeId"].string_or("");
  const std::string_view name = value["PrivilegeName"].string_or("");
  const Uuid id = text.empty() ? privilege_id(name) : Uuid::parse(text).value_or(Uuid{});
  if (session.org.store->row(session.org.table("privilege"), id) == nullptr)
    return refuse(errors::object_does_not_exist("privilege", id));
  return id;
}

Answer<std::vector<WantedPrivilege>> privileges_in(const Session& session, json::Value list) {
  if (!list.is_array())
    return refuse(errors::payload("role", "The parameter 'Privileges' is missing."));
  std::vector<WantedPrivilege> wanted;
  for (const json::Value each : list.elements()) {
    FLIT_TRY(id, privilege_in(session, each));
    FLIT_TRY(depth, depth_in(each["Depth"]));
    wanted.push_back({id, depth});
  }
  return wanted;
}

void take(Work& work, const Uuid& privilege, const Uuid& role) {
  work.tx.unlink(global_role_privileges, privilege, role);
  work.tx.unlink(role_privileges, privilege, role);
}

void give(Work& work, const WantedPrivilege& wanted, const Uuid& role) {
  take(work, wanted.id, role);
  work.tx.link(role_privileges, wanted.id, role);
  if (wanted.depth == Depth::all) work.tx.link(global_role_privileges, wanted.id, role);
}

Answer<void> may_change(const Session& session, const Table& table, const Row& role) {
  if (role.head.id == session.org.roles.administrator())
    return refuse(errors::invalid_argument("The System Administrator role cannot be changed."));
  return require(session.org, session.call.caller, AccessRight::write, table, role);
}

std::vector<Uuid> privileges_of(const Session& session, const Uuid& role) {
  const LinkTable* pairs = session.org.store->find_links(role_privileges);
  return pairs == nullptr ? std::vector<Uuid>{} : pairs->of_second(role);
}

void write_privilege(json::Writer& out, const Session& session, const Uuid& id, Depth depth) {
  const Table& table = session.org.table("privilege");
  const Row* row = session.org.store->row(table, id);
  out.begin_object().member("Depth", depth == Depth::all ? "Global" : "Basic");
  out.member("PrivilegeId", id.text());
  out.member("BusinessUnitId", session.org.known.business_unit.text());
  out.member("PrivilegeName", row == nullptr ? "" : row->cell(table.column("name")->index).text);
  out.end_object();
}

}  // namespace

Answer<ApiReply> add_role_privileges(Session& session, const Table& table, const Row& role) {
  FLIT_TRY_VOID(may_change(session, table, role));
  FLIT_TRY(document, read_body(session.call, "role"));
  FLIT_TRY(wanted, privileges_in(session, document.root()["Privileges"]));
  for (const WantedPrivilege& each : wanted) give(*session.work, each, role.head.id);
  return ApiReply::no_content();
}

Answer<ApiReply> replace_role_privileges(Session& session, const Table& table, const Row& role) {
  FLIT_TRY_VOID(may_change(session, table, role));
  FLIT_TRY(document, read_body(session.call, "role"));
  FLIT_TRY(wanted, privileges_in(session, document.root()["Privileges"]));
  const Uuid id = role.head.id;
  for (const Uuid& known : privileges_of(session, id)) take(*session.work, known, id);
  for (const WantedPrivilege& each : wanted) give(*session.work, each, id);
  return ApiReply::no_content();
}

Answer<ApiReply> remove_role_privilege(Session& session, const Table& table, const Row& role) {
  FLIT_TRY_VOID(may_change(session, table, role));
  FLIT_TRY(document, read_body(session.call, "role"));
  FLIT_TRY(privilege, privilege_in(session, document.root()));
  take(*session.work, privilege, role.head.id);
  return ApiReply::no_content();
}

Answer<ApiReply> role_privileges_of(Session& session) {
  const odata::Segment& segment = session.segment(0);
  const bool named = segment.arguments.size() == 1 && segment.arguments[0].name == "RoleId" &&
                     segment.arguments[0].values.size() == 1;
  const auto role =
      named ? Uuid::parse(segment.arguments[0].values[0].text) : Result<Uuid>(Error{});
  if (!role) return refuse(errors::bad_uri("The parameter 'RoleId' is missing."));
  if (session.org.store->row(session.org.table("role"), *role) == nullptr)
    return refuse(errors::object_does_not_exist("role", *role));
  const LinkTable* global = session.org.store->find_links(global_role_privileges);
  json::Writer out = response_of(session, "RetrieveRolePrivilegesRoleResponse");
  out.key("RolePrivileges").begin_array();
  for (const Uuid& id : privileges_of(session, *role))
    write_privilege(out, session, id,
                    global != nullptr && global->contains(id, *role) ? Depth::all : Depth::own);
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> user_privileges(Session& session, const Table&, const Row& user) {
  const auto rights = session.org.roles.of(*session.org.store, user.head.id);
  const Table& table = session.org.table("privilege");
  json::Writer out = response_of(session, "RetrieveUserPrivilegesResponse");
  out.key("RolePrivileges").begin_array();
  if (const RecordTable* rows = session.org.store->find(table))
    rows->each([&](const Row& row) {
      const std::string_view name = row.cell(table.column("name")->index).text;
      const Depth depth = rights == nullptr ? Depth::all : rights->depth(name);
      if (depth != Depth::none) write_privilege(out, session, row.head.id, depth);
      return true;
    });
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
