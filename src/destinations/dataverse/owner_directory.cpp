#include "destinations/dataverse/owner_directory.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::destinations::dataverse {
namespace {

constexpr std::string_view users_query =
    "systemusers?$select=systemuserid,fullname,domainname,internalemailaddress,isdisabled,"
    "accessmode&$expand=systemuserroles_association($select=roleid)&$orderby=systemuserid";
constexpr std::string_view teams_query =
    "teams?$select=teamid,name,emailaddress,teamtype&$expand=teamroles_association($select=roleid)"
    "&$orderby=teamid";

constexpr std::int64_t support_mode = 3;
constexpr std::int64_t delegated_admin_mode = 5;
constexpr std::int64_t owner_team = 0;

void add_address(std::vector<std::string>& addresses, json::Value address) {
  const auto text = address.string_or("");
  if (text.find('@') == std::string_view::npos) return;
  for (const std::string& known : addresses)
    if (text::equals_fold(known, text)) return;
  addresses.emplace_back(text);
}

/// An owner, and whether the platform shows a role of it.
struct Candidate {
  model::Owner owner;
  bool shows_role = false;
};

Candidate user_of(json::Value row) {
  const auto mode = row["accessmode"].as_integer().value_or(0);
  model::Owner owner{.id = text::ascii_lower(row["systemuserid"].string_or("")),
                     .kind = model::Owner::Kind::person,
                     .name = std::string(row["fullname"].string_or(""))};
  add_address(owner.emails, row["internalemailaddress"]);
  add_address(owner.emails, row["domainname"]);
  owner.active = !row["isdisabled"].as_boolean().value_or(false);
  owner.may_own = mode != support_mode && mode != delegated_admin_mode;
  return {std::move(owner), row["systemuserroles_association"].size() > 0};
}

Candidate team_of(json::Value row) {
  model::Owner owner{.id = text::ascii_lower(row["teamid"].string_or("")),
                     .kind = model::Owner::Kind::team,
                     .name = std::string(row["name"].string_or(""))};
  add_address(owner.emails, row["emailaddress"]);
  owner.may_own = row["teamtype"].as_integer().value_or(-1) == owner_team;
  return {std::move(owner), row["teamroles_association"].size() > 0};
}

Result<void> read_all(const WebApi& api, std::string_view query, std::stop_token stop,
                      const std::function<void(json::Value)>& take) {
  const http::Headers headers{
      {"Prefer", fmt::format("odata.maxpagesize={}", api.settings().page_rows)}};
  FLIT_TRY(first, api.url(query));
  std::optional<http::Url> url = std::move(first);
  while (url) {
    FLIT_TRY(response, api.get(*url, stop, headers));
    FLIT_TRY(document, json_of(response));
    FLIT_TRY(rows, rows_in(document, query.substr(0, query.find('?'))));
    for (const json::Value row : rows.elements()) take(row);
    const auto link = document.root()["@odata.nextLink"].as_string();
    url.reset();
    if (!link) break;
    FLIT_TRY(next, api.link(*link));
    url = std::move(next);
  }
  return {};
}

}  // namespace

Result<std::vector<model::Owner>> OwnerDirectory::owners(std::stop_token stop) {
  std::vector<Candidate> found;
  FLIT_TRY_VOID(
      read_all(api_, users_query, stop, [&](json::Value row) { found.push_back(user_of(row)); }));
  FLIT_TRY_VOID(
      read_all(api_, teams_query, stop, [&](json::Value row) { found.push_back(team_of(row)); }));
  const bool roles_show =
      std::any_of(found.begin(), found.end(), [](const Candidate& one) { return one.shows_role; });
  std::vector<model::Owner> owners;
  for (Candidate& one : found) {
    one.owner.may_own = one.owner.may_own && (one.shows_role || !roles_show);
    owners.push_back(std::move(one.owner));
  }
  return owners;
}

}  // namespace flit::destinations::dataverse
