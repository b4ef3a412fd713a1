#pragma once
/// @file Client credentials, tokens, and which user a request acts as (fact sheet §1, §2).
///
/// The first application user has client id `flit`, the next `flit2` and so on, all with the same
/// secret. A token lasts 3,599 s of platform time; the one of the start-up line does not end.
/// Thread-safe.

#include <map>
#include <optional>
#include <string>

#include "base/sync.hpp"
#include "sim/base/request.hpp"
#include "sim/base/response.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

class Identities {
 public:
  explicit Identities(Organization& org);

  /// POST /{tenant}/oauth2/v2.0/token.
  Response token(const Request& request);

  /// The user of the bearer token, or none: 401.
  std::optional<Uuid> user_of(const Request& request) const;

  /// After impersonation headers; 403 for a disabled or unknown user, one without a role, and one
  /// who may not impersonate.
  Answer<Caller> caller(const Request& request, const Uuid& user) const;

  /// The application user that a client id stands for.
  std::optional<Uuid> application_user(std::string_view client_id) const;

  const std::string& lasting_token() const { return lasting_token_; }

 private:
  struct Token {
    Uuid user{};
    std::int64_t expires = 0;
  };
  Answer<void> give_rights(Caller& caller) const;

  Organization& org_;
  std::string lasting_token_;
  Sync<std::map<std::string, Token, std::less<>>> tokens_;
};

}  // namespace flit::sim::dataverse
