#pragma once
/// @file A Transport that adds the token to every request, and asks for a new one after a 401.
///
/// A request that was answered 401 was not carried out, so it is sent once more with another token,
/// if the source has another; a second 401 is the answer. Uploads from a source cannot be sent
/// again and are not. Copies each request (a body of a megabyte: about 0.1 ms). Thread-safe.

#include <string>

#include "http/token.hpp"
#include "http/transport.hpp"

namespace flit::http {

class AuthorizingTransport final : public Transport {
 public:
  struct Header {
    std::string name = "Authorization";
    std::string prefix = "Bearer ";
  };

  /// `inner` and `tokens` outlive this.
  AuthorizingTransport(Transport& inner, TokenSource& tokens, Header header);
  AuthorizingTransport(Transport& inner, TokenSource& tokens)
      : AuthorizingTransport(inner, tokens, Header()) {}

  Result<Response> send(const Request& request, std::stop_token stop) override;

 private:
  Transport& inner_;
  TokenSource& tokens_;
  Header header_;
};

}  // namespace flit::http
