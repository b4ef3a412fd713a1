#include "sim/salesforce/identity/jwt.hpp"

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/signature.hpp"

namespace flit::sim::salesforce {
namespace {

Error invalid(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message)};
}

}  // namespace

Result<JwtClaims> read_jwt(std::string_view token, std::string_view pem) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last)
    return invalid("not a token of three parts");
  FLIT_TRY(header_text, base64::decode(token.substr(0, first), base64::url_form));
  FLIT_TRY(claims_text,
           base64::decode(token.substr(first + 1, last - first - 1), base64::url_form));
  FLIT_TRY(signature, base64::decode(token.substr(last + 1), base64::url_form));
  FLIT_TRY(header, json::parse(header_text));
  if (header.root()["alg"].string_or("") != "RS256") return invalid("alg is not RS256");
  FLIT_TRY(signed_by_owner, verify_rsa_sha256(pem, token.substr(0, last), signature));
  if (!signed_by_owner) return invalid("the signature does not fit");
  FLIT_TRY(claims, json::parse(claims_text));
  const json::Value root = claims.root();
  return JwtClaims{.issuer = std::string(root["iss"].string_or("")),
                   .subject = std::string(root["sub"].string_or("")),
                   .audience = std::string(root["aud"].string_or("")),
                   .expires = root["exp"].as_double().value_or(0)};
}

}  // namespace flit::sim::salesforce
