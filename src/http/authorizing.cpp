#include "http/authorizing.hpp"

#include <utility>

namespace flit::http {

AuthorizingTransport::AuthorizingTransport(Transport& inner, TokenSource& tokens, Header header)
    : inner_(inner), tokens_(tokens), header_(std::move(header)) {}

Result<Response> AuthorizingTransport::send(const Request& request, std::stop_token stop) {
  FLIT_TRY(token, tokens_.token(stop));
  Request authorized = request;
  authorized.headers.set(header_.name, header_.prefix + token.value.reveal());
  FLIT_TRY(response, inner_.send(authorized, stop));
  if (response.status != 401) return response;
  tokens_.refuse(token);
  if (request.source) return response;
  FLIT_TRY(other, tokens_.token(stop));
  if (other.serial == token.serial) return response;
  authorized.headers.set(header_.name, header_.prefix + other.value.reveal());
  return inner_.send(authorized, std::move(stop));
}

}  // namespace flit::http
