#pragma once
/// @file What a token endpoint says: a token, or why there is none (RFC 6749, sections 5.1
/// and 5.2).

#include <chrono>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::http {

struct TokenAnswer {
  Secret access_token{};
  std::optional<std::chrono::seconds> expires_in{};  ///< a number, or a number as text
  std::string instance_url{};
};

/// `request` is for the error's place, `now` for a Retry-After that is a date. Never quotes the
/// answer's body beyond "error" and "error_description".
Result<TokenAnswer> read_token_answer(const Request& request, const Response& response,
                                      Instant now);

}  // namespace flit::http
