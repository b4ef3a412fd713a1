#pragma once
/// @file HTTP inside HTTP: the application/http parts of a $batch (RFC 9112, section 10.2).
///
/// Text in, text out; the multipart around it is http/multipart.hpp. Errors are Fault::permanent;
/// the connector, which knows what the batch does, decides what they mean.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/headers.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::http {

struct EmbeddedRequest {
  Method method = Method::get;
  std::string target;  ///< path, whole URL, or a reference to an earlier part: "$1/contacts"
  Headers headers{};   ///< written as they are: Content-Length too, if the server wants one
  std::string body{};
};

/// The body of a part. Error: the target or a header would break the request apart.
Result<std::string> write_embedded(const EmbeddedRequest& request);

/// A status line, headers, and what follows. With a Content-Length the body has that many bytes, or
/// it is an error; without, it is all that follows, the line breaks of the multipart included.
/// 204 and 304 have no body.
Result<Response> parse_embedded_response(std::string_view text);

}  // namespace flit::http
