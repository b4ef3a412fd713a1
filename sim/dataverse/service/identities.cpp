#include "sim/dataverse/service/identities.hpp"

#include <shared_mutex>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/json_writer.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/security/guard.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::int64_t token_lifetime_s = 3599;

Response oauth_error(int status, std::string_view error, std::string_view description) {
  json::Writer out;
  out.begin_object().member("error", error).member("error_description", description).end_object();
  return Response::json(status, out.take());
}

/// Looks like a JWT without being one: nobody may read it.
std::string make_token(const Organization& org, std::string_view subject, std::int64_t now) {
  const std::string seed = fmt::format("{}/{}/{}", org.settings.seed, subject, now);
  return "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0." +
         base64::encode(sha256_hex(seed), base64::url_form) + "." +
         hex::encode(bytes_of(md5(seed)));
}

/// A user by one column's uuid value; none if there is no such user.
const Row* user_with(const Organization& org, std::string_view column, const Uuid& id) {
  const Table& users = org.table("systemuser");
  if (column == "systemuserid") return org.store->row(users, id);
  const std::uint16_t index = users.column(column)->index;
  const Row* found = nullptr;
  if (const RecordTable* rows = org.store->find(users))
    rows->each([&](const Row& row) {
      const Cell cell = row.cell(index);
      if (cell.kind == CellKind::uuid && cell.id == id) found = &row;
      return found == nullptr;
    });
  return found;
}

}  // namespace

Identities::Identities(Organization& org) : org_(org) {
  lasting_token_ = make_token(org, "lasting", 0);
}

std::optional<Uuid> Identities::application_user(std::string_view client_id) const {
  const std::string& base = org_.settings.client_id;
  if (!client_id.starts_with(base)) return std::nullopt;
  const std::string_view rest = client_id.substr(base.size());
  std::size_t wanted = 1;
  for (const char c : rest)
    if (c < '0' || c > '9') return std::nullopt;
  if (!rest.empty()) wanted = static_cast<std::size_t>(std::atoi(std::string(rest).c_str()));
  if (wanted == 1) return org_.known.default_user;
  std::size_t seen = 0;
  for (const UserSeed& user : org_.settings.users)
    if (user.application && ++seen == wanted) return metadata_id_of("row", "user:" + user.email);
  return std::nullopt;
}

Response Identities::token(const Request& request) {
  if (request.method != "POST") return oauth_error(405, "invalid_request", "POST is required.");
  const auto fields = form::parse(request.body);
  const auto field = [&](std::string_view name) -> std::string {
    if (fields)
      for (const form::Field& parameter : *fields)
        if (parameter.name == name) return parameter.value;
    return {};
  };
  if (field("grant_type") != "client_credentials")
    return oauth_error(400, "unsupported_grant_type",
                       "AADSTS70003: The app requested an unsupported grant type.");
  const std::shared_lock lock(org_.mutex);
  const auto user = application_user(field("client_id"));
  if (!user)
    return oauth_error(400, "unauthorized_client",
                       "AADSTS700016: The application was not found in the directory.");
  if (field("client_secret") != org_.settings.client_secret)
    return oauth_error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
  if (field("scope").empty())
    return oauth_error(400, "invalid_request",
                       "AADSTS90014: The required field 'scope' is missing.");
  const std::int64_t now = org_.now();
  const std::string text = make_token(org_, field("client_id"), now);
  tokens_.with([&](auto& tokens) { tokens[text] = {*user, now + token_lifetime_s}; });
  json::Writer out;
  out.begin_object().member("token_type", "Bearer").member("expires_in", token_lifetime_s);
  out.member("ext_expires_in", token_lifetime_s).member("access_token", text).end_object();
  return Response::json(200, out.take());
}

std::optional<Uuid> Identities::user_of(const Request& request) const {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view header = request.headers.value_or("Authorization", "");
  if (!header.starts_with(scheme)) return std::nullopt;
  const std::string_view text = header.substr(scheme.size());
  if (text == lasting_token_) return org_.known.default_user;
  const std::int64_t now = org_.now();
  return tokens_.with([&](const auto& tokens) -> std::optional<Uuid> {
    const auto found = tokens.find(text);
    if (found == tokens.end() || found->second.expires <= now) return std::nullopt;
    return found->second.user;
  });
}

/// Who has no role may nothing (§9); who impersonates needs a privilege of its own, and may what
/// both may (§2).
Answer<void> Identities::give_rights(Caller& caller) const {
  const auto rights_of = [&](const Uuid& user) -> Answer<std::shared_ptr<const Rights>> {
    auto rights = org_.roles.of(*org_.store, user);
    if (rights != nullptr && rights->roles() == 0) return refuse(errors::no_roles(user));
    return rights;
  };
  FLIT_TRY(rights, rights_of(caller.user));
  caller.rights = std::move(rights);
  if (!caller.on_behalf_of) return {};
  Caller real{.user = *caller.on_behalf_of};
  FLIT_TRY(real_rights, rights_of(real.user));
  if (real_rights == nullptr) return {};
  real.rights = std::move(real_rights);
  FLIT_TRY_VOID(require_privilege(org_, real, "prvActOnBehalfOfAnotherUser"));
  caller.rights =
      caller.rights == nullptr
          ? std::move(real.rights)
          : std::make_shared<const Rights>(Rights::common(*caller.rights, *real.rights));
  return {};
}

Answer<Caller> Identities::caller(const Request& request, const Uuid& user) const {
  Caller caller{.user = user};
  const auto entra = request.headers.find("CallerObjectId");
  const auto legacy = request.headers.find("MSCRMCallerID");
  const std::shared_lock lock(org_.mutex);
  const Row* row = user_with(org_, "systemuserid", user);
  if (entra || legacy) {
    const auto id = Uuid::parse(entra ? *entra : *legacy);
    row = !id ? nullptr
              : user_with(org_, entra ? "azureactivedirectoryobjectid" : "systemuserid", *id);
    if (row == nullptr)
      return refuse(errors::other(403, 0x80040217, "The user to impersonate does not exist."));
    caller.on_behalf_of = user;
    caller.user = row->head.id;
  }
  if (row == nullptr) return refuse(errors::user_disabled(user));
  const Column& disabled = *org_.table("systemuser").column("isdisabled");
  if (row->cell(disabled.index).kind == CellKind::yes)
    return refuse(errors::user_disabled(caller.user));
  caller.ref = org_.store->ref_if_known(caller.user);
  FLIT_TRY_VOID(give_rights(caller));
  return caller;
}

}  // namespace flit::sim::dataverse
