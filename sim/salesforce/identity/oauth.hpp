#pragma once
/// @file The token endpoint and its neighbours (fact sheet §1.1, §1.2): JWT bearer with its
/// signature checked, client credentials, refresh token, password; revoke, userinfo, identity.
///
/// Takes the org's shared lock itself. Thread-safe.

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"
#include "sim/salesforce/identity/sessions.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

class OAuth {
 public:
  OAuth(Organization& org, Sessions& sessions) : org_(org), sessions_(sessions) {}

  /// POST /services/oauth2/token. `root` is the address the client used.
  Response token(const Request& request, const std::string& root);
  /// POST /services/oauth2/revoke: 200, whatever the token was.
  Response revoke(const Request& request);
  /// GET /services/oauth2/userinfo.
  Response user_info(RecordId user, const std::string& root) const;
  /// GET /id/{org}/{user}.
  Response identity(RecordId user, const std::string& root) const;

 private:
  struct Grant;
  struct Asked;
  Response by_client(const Asked& asked);
  Response by_refresh_token(const Asked& asked);
  Response by_password(const Asked& asked);
  Response by_assertion(const Asked& asked);
  Response grant(const Grant& grant, const std::string& root);

  Organization& org_;
  Sessions& sessions_;
};

/// The active user of that name, without regard to case. REQUIRES: the org's lock.
std::optional<RecordId> active_user(const Organization& org, std::string_view username);

/// The token of a request: Authorization, X-SFDC-Session (Bulk 1.0), ?oauth_token=, else empty.
std::string_view token_of(const Request& request);

}  // namespace flit::sim::salesforce
