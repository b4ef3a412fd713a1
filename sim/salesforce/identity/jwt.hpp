#pragma once
/// @file A signed JSON Web Token (RFC 7519, RS256), as far as the bearer flow needs it.

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::salesforce {

struct JwtClaims {
  std::string issuer{};   ///< the consumer key
  std::string subject{};  ///< the username
  std::string audience{};
  double expires = 0;  ///< seconds since 1970; some clients send milliseconds (fact sheet §0.7)
};

/// Fault::permanent when it is no RS256 token or the owner of `pem` has not signed it.
Result<JwtClaims> read_jwt(std::string_view token, std::string_view pem);

}  // namespace flit::sim::salesforce
