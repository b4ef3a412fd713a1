// Rows shared with people and teams, and what somebody may do with a row. The sheet names the
// actions only (issue 7); shapes after the Web API reference of GrantAccess and its neighbours.

#include <algorithm>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/reference.hpp"
#include "sim/dataverse/security/guard.hpp"
#include "sim/dataverse/write/assign.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr AccessRight shareable[] = {
    AccessRight::read,      AccessRight::write, AccessRight::remove, AccessRight::append,
    AccessRight::append_to, AccessRight::share, AccessRight::assign};

/// A row in a body or parameter: {"@odata.type", "accountid"} or {"@odata.id": "accounts(…)"}.
Answer<Reference> row_in(const Session& session, json::Value value, std::string_view parameter) {
  if (const auto uri = value["@odata.id"].as_string()) return read_reference(session.org, *uri);
  std::string_view type = value["@odata.type"].string_or("");
  if (type.starts_with("#")) type.remove_prefix(1);
  if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
  const Table* table = session.org.catalogue->table(type);
  const auto id = table == nullptr ? Result<Uuid>(Error{})
                                   : Uuid::parse(value[table->primary_id].string_or(""));
  if (!id)
    return refuse(
        errors::payload(parameter, "The parameter '" + std::string(parameter) + "' names no row."));
  return Reference{table, *id};
}

Answer<const Row*> existing(const Session& session, const Reference& reference) {
  const Row* row = session.org.store->row(*reference.table, reference.id);
  if (row == nullptr)
    return refuse(errors::object_does_not_exist(reference.table->logical_name, reference.id));
  return row;
}

Answer<Uuid> principal_in(const Session& session, json::Value value) {
  FLIT_TRY(principal, row_in(session, value, "Principal"));
  if (principal.table->logical_name != "systemuser" && principal.table->logical_name != "team")
    return refuse(errors::invalid_argument("The principal must be a user or a team."));
  FLIT_TRY_VOID(existing(session, principal));
  return principal.id;
}

/// "ReadAccess, WriteAccess".
Answer<AccessMask> mask_in(std::string_view text) {
  AccessMask mask = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    std::string_view name = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (name.starts_with(' ')) name.remove_prefix(1);
    bool known = name == "None";
    for (const AccessRight access : shareable)
      if (access_name(access) == name) mask |= bit(access), known = true;
    if (!known)
      return refuse(errors::payload("PrincipalAccess",
                                    "'" + std::string(name) + "' is no member of AccessRights."));
  }
  return mask;
}

std::string text_of(AccessMask mask) {
  std::string text;
  for (const AccessRight access : shareable)
    if ((mask & bit(access)) != 0)
      text += (text.empty() ? "" : ", ") + std::string(access_name(access));
  return text.empty() ? "None" : text;
}

void set_share(Work& work, const Table& table, const Uuid& row, const Uuid& principal,
               AccessMask mask) {
  Shares& shares = work.org.shares;
  const Shares::Row place{table.index, row};
  const AccessMask before = shares.set(place, principal, mask);
  work.tx.on_rollback(
      [&shares, place, principal, before] { shares.set(place, principal, before); });
}

/// What becomes of a principal's access, and along which cascade.
struct ShareChange {
  Uuid principal;
  std::function<AccessMask(AccessMask)> changed;
  CascadeRule Cascades::*cascade;
};

/// The row, and the rows below it that its relationships share with it (§11, "Share", "Unshare").
void share_down(Work& work, const Table& table, const Uuid& row, const ShareChange& change) {
  const AccessMask before = work.org.shares.of(Shares::Row{table.index, row}, change.principal);
  set_share(work, table, row, change.principal, change.changed(before));
  for (const OneToMany* relationship : work.catalogue().children_of(table.logical_name)) {
    const Table* child = work.catalogue().table(relationship->child);
    if (relationship->cascades.*change.cascade != CascadeRule::all || child == nullptr) continue;
    for (const Uuid& id : children_through(work, *relationship, row))
      if (id != row) share_down(work, *child, id, change);
  }
}

Answer<ApiReply> change_access(Session& session, bool replaces) {
  FLIT_TRY(document, read_body(session.call, "GrantAccess"));
  const json::Value body = document.root();
  FLIT_TRY(target, row_in(session, body["Target"], "Target"));
  FLIT_TRY(row, existing(session, target));
  FLIT_TRY_VOID(require(session.org, session.call.caller, AccessRight::share, *target.table, *row));
  FLIT_TRY(principal, principal_in(session, body["PrincipalAccess"]["Principal"]));
  FLIT_TRY(mask, mask_in(body["PrincipalAccess"]["AccessMask"].string_or("")));
  const auto granted = [&](AccessMask before) { return replaces ? mask : before | mask; };
  share_down(*session.work, *target.table, target.id, {principal, granted, &Cascades::share});
  return ApiReply::no_content();
}

/// The argument of that name as JSON; it was an alias: ?@t={"@odata.id":"accounts(…)"}.
Answer<json::Document> json_argument(const odata::Segment& segment, std::string_view name) {
  for (const odata::Argument& argument : segment.arguments) {
    if (argument.name != name || argument.values.size() != 1) continue;
    std::string text = argument.values[0].text;
    if (auto document = json::parse(text)) return std::move(*document);
    std::replace(text.begin(), text.end(), '\'', '"');  // the reference page writes '@odata.id'
    if (auto document = json::parse(text)) return std::move(*document);
  }
  return refuse(
      errors::bad_uri("The parameter '" + std::string(name) + "' is missing or no JSON object."));
}

}  // namespace

Answer<ApiReply> grant_access(Session& session) {
  return change_access(session, false);
}

Answer<ApiReply> modify_access(Session& session) {
  return change_access(session, true);
}

Answer<ApiReply> revoke_access(Session& session) {
  FLIT_TRY(document, read_body(session.call, "RevokeAccess"));
  FLIT_TRY(target, row_in(session, document.root()["Target"], "Target"));
  FLIT_TRY(row, existing(session, target));
  FLIT_TRY_VOID(require(session.org, session.call.caller, AccessRight::share, *target.table, *row));
  FLIT_TRY(principal, principal_in(session, document.root()["Revokee"]));
  const auto nothing = [](AccessMask) { return AccessMask{0}; };
  share_down(*session.work, *target.table, target.id, {principal, nothing, &Cascades::unshare});
  return ApiReply::no_content();
}

Answer<ApiReply> shared_principals(Session& session) {
  FLIT_TRY(document, json_argument(session.segment(0), "Target"));
  FLIT_TRY(target, row_in(session, document.root(), "Target"));
  FLIT_TRY_VOID(existing(session, target));
  json::Writer out = response_of(session, "RetrieveSharedPrincipalsAndAccessResponse");
  out.key("PrincipalAccesses").begin_array();
  for (const auto& [principal, mask] :
       session.org.shares.of(Shares::Row{target.table->index, target.id})) {
    const PrincipalRef ref = session.org.store->ref_if_known(principal);
    const char* type = session.org.store->principal(ref).is_team ? "team" : "systemuser";
    out.begin_object().member("AccessMask", text_of(mask));
    out.key("Principal").begin_object();
    out.member("@odata.type", "#Microsoft.Dynamics.CRM." + std::string(type));
    out.member(std::string(type == std::string_view("team") ? "teamid" : "systemuserid"),
               principal.text());
    out.end_object().end_object();
  }
  out.end_array().end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> principal_access(Session& session, const Uuid& principal) {
  FLIT_TRY(document, json_argument(session.segment(1), "Target"));
  FLIT_TRY(target, row_in(session, document.root(), "Target"));
  FLIT_TRY(row, existing(session, target));
  json::Writer out = response_of(session, "RetrievePrincipalAccessResponse");
  out.member("AccessRights", text_of(access_to(session.org, principal, *target.table, *row)));
  out.end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
