#include "sim/salesforce/identity/oauth.hpp"

#include <shared_mutex>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/json_writer.hpp"
#include "base/signature.hpp"
#include "base/text.hpp"
#include "sim/salesforce/identity/jwt.hpp"
#include "sim/salesforce/rules/object_rules.hpp"

namespace flit::sim::salesforce {
namespace {

Response failed(int status, std::string_view error, std::string_view description) {
  json::Writer out;
  out.begin_object().member("error", error).member("error_description", description).end_object();
  return Response::json(status, out.take());
}

Response invalid_grant(std::string_view description) {
  return failed(400, "invalid_grant", description);
}

struct Credentials {
  std::string id;
  std::string secret;
};

/// From the form, or from Basic authentication.
Credentials credentials_of(const Request& request, const form::Fields& fields) {
  const auto field = [&](std::string_view name) {
    const std::string* found = form::find(fields, name);
    return found == nullptr ? std::string() : *found;
  };
  constexpr std::string_view basic = "Basic ";
  const std::string_view header = request.headers.value_or("Authorization", "");
  if (field("client_id").empty() && header.starts_with(basic)) {
    const auto text = base64::decode(header.substr(basic.size()));
    const std::size_t colon = text ? text->find(':') : std::string::npos;
    if (colon != std::string::npos) return {text->substr(0, colon), text->substr(colon + 1)};
  }
  return {field("client_id"), field("client_secret")};
}

std::optional<Response> bad_client(const Credentials& given, const Settings& settings,
                                   bool secret_needed) {
  if (given.id != settings.client_id)
    return failed(400, "invalid_client_id", "client identifier invalid");
  if ((secret_needed || !given.secret.empty()) && given.secret != settings.client_secret)
    return failed(401, "invalid_client", "invalid client credentials");
  return std::nullopt;
}

struct Person {
  RecordId id{};
  bool active = false;
};

/// The user of that name; an id of nothing when there is none.
Person user_named(const Organization& org, std::string_view username) {
  const Object& users = org.object("User");
  Person person;
  const RecordTable* table = org.store->find_table(users);
  if (table == nullptr) return person;
  const std::string name = text::lower(username);
  table->each_with(*users.find("Username"), Cell::of_text(name), [&](const Row& row) {
    person = {row.head.id, row.cell(*users.find("IsActive")).is_true()};
    return false;
  });
  return person;
}

/// login, test, a My Domain, or the address the client used; a closing "/" counts for nothing.
bool is_our_audience(std::string_view audience, const std::string& root) {
  if (audience.ends_with('/')) audience.remove_suffix(1);
  return audience == "https://login.salesforce.com" || audience == "https://test.salesforce.com" ||
         audience == root || audience.ends_with(".salesforce.com");
}

}  // namespace

struct OAuth::Grant {
  RecordId user{};
  bool signs = true;     ///< the answer has "signature" and "issued_at"
  bool refresh = false;  ///< the answer has a new refresh token
  bool api_instance = false;
};

std::optional<RecordId> active_user(const Organization& org, std::string_view username) {
  const Person person = user_named(org, username);
  return person.active ? std::optional(person.id) : std::nullopt;
}

std::string_view token_of(const Request& request) {
  const std::string_view header = request.headers.value_or("Authorization", "");
  for (const std::string_view scheme : {"Bearer ", "OAuth "})
    if (header.size() > scheme.size() &&
        text::equals_ascii_fold(header.substr(0, scheme.size()), scheme))
      return header.substr(scheme.size());
  if (const auto session = request.headers.find("X-SFDC-Session")) return *session;
  return request.target.parameter("oauth_token").value_or("");
}

Response OAuth::grant(const Grant& grant, const std::string& root) {
  const std::int64_t now = org_.now_ms();
  const std::string id =
      fmt::format("{}/id/{}/{}", root, org_.known.organization.text(), grant.user.text());
  json::Writer out;
  out.begin_object().member("access_token", sessions_.open(grant.user, now));
  if (grant.refresh) out.member("refresh_token", sessions_.open_refresh(grant.user));
  if (grant.signs) {
    const std::string issued = std::to_string(now);
    const auto signature = hmac_sha256(org_.settings.client_secret, id + issued);
    out.member("signature", base64::encode(bytes_of(signature))).member("issued_at", issued);
  }
  out.member("scope", "api refresh_token").member("instance_url", root).member("id", id);
  if (grant.api_instance) out.member("api_instance_url", root);
  out.member("token_type", "Bearer").end_object();
  return Response::json(200, out.take());
}

/// What a request for a token says.
struct OAuth::Asked {
  const form::Fields& fields;
  Credentials given;
  const std::string& root;

  std::string field(std::string_view name) const {
    const std::string* found = form::find(fields, name);
    return found == nullptr ? std::string() : *found;
  }
};

Response OAuth::token(const Request& request, const std::string& root) {
  if (request.method != "POST") return failed(400, "invalid_request", "must use HTTP POST");
  const auto fields = form::parse(request.body);
  if (!fields) return failed(400, "invalid_request", "malformed request");
  const std::shared_lock lock(org_.mutex);
  const Asked asked{*fields, credentials_of(request, *fields), root};
  const std::string kind = asked.field("grant_type");
  if (kind == "client_credentials") return by_client(asked);
  if (kind == "refresh_token") return by_refresh_token(asked);
  if (kind == "password") return by_password(asked);
  if (kind == "urn:ietf:params:oauth:grant-type:jwt-bearer") return by_assertion(asked);
  return failed(400, "unsupported_grant_type", "grant type not supported");
}

Response OAuth::by_client(const Asked& asked) {
  if (auto refusal = bad_client(asked.given, org_.settings, true)) return std::move(*refusal);
  return grant({.user = org_.known.user, .api_instance = true}, asked.root);
}

Response OAuth::by_refresh_token(const Asked& asked) {
  if (auto refusal = bad_client(asked.given, org_.settings, false)) return std::move(*refusal);
  const auto user = sessions_.refreshed(asked.field("refresh_token"));
  if (!user) return invalid_grant("expired access/refresh token");
  return grant({.user = *user}, asked.root);
}

Response OAuth::by_password(const Asked& asked) {
  if (auto refusal = bad_client(asked.given, org_.settings, true)) return std::move(*refusal);
  const Person person = user_named(org_, asked.field("username"));
  if (!person.id || !asked.field("password").starts_with(org_.settings.password))
    return invalid_grant("authentication failure");
  if (!person.active) return failed(400, "inactive_user", "user is inactive");
  return grant({.user = person.id, .refresh = true}, asked.root);
}

Response OAuth::by_assertion(const Asked& asked) {
  const Settings& settings = org_.settings;
  if (settings.certificate.empty())
    return failed(400, "invalid_app_access", "user is not admin approved to access this app");
  const auto claims = read_jwt(asked.field("assertion"), settings.certificate);
  if (!claims) return invalid_grant("invalid assertion");
  if (claims->issuer != settings.client_id)
    return failed(400, "invalid_client_id", "client identifier invalid");
  if (!is_our_audience(claims->audience, asked.root)) return invalid_grant("audience is invalid");
  if (claims->expires * 1000 <= static_cast<double>(org_.now_ms()))
    return invalid_grant("expired authorization code");
  const Person person = user_named(org_, claims->subject);
  if (!person.id) return invalid_grant("user hasn't approved this consumer");
  if (!person.active) return failed(400, "inactive_user", "user is inactive");
  return grant({.user = person.id, .signs = false}, asked.root);
}

Response OAuth::revoke(const Request& request) {
  const auto fields = form::parse(request.body);
  const std::string* token = fields ? form::find(*fields, "token") : nullptr;
  sessions_.revoke(token != nullptr ? std::string_view(*token)
                                    : request.target.parameter("token").value_or(""));
  return Response{.status = 200};
}

}  // namespace flit::sim::salesforce
