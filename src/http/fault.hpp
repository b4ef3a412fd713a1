#pragma once
/// @file What to make of an exchange that did not go well, before any platform's own knowledge.
///
/// Two tables. The first is for exchanges without an answer: what broke, how far the request had
/// come, and whether it writes, give the Fault; a write that may have left is `ambiguous`, one that
/// never left is `transient`. The second is for answers: status and effect give the Fault.
/// Connectors refine the second from bodies and codes; nobody refines the first. Pure functions.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::http {

enum class Failure {
  invalid_request,     ///< we did not send it: no URL, a header that would break the request apart
  resolve,             ///< no address for the host (or the proxy)
  connect,             ///< refused, unreachable, reset before anything was sent
  proxy,               ///< the proxy wants other credentials
  tls_verify,          ///< the certificate is not trusted or is another host's
  tls_setup,           ///< our side of TLS: CA file unreadable, protocol unknown
  tls_handshake,       ///< cut or refused while encrypting
  timeout_connect,     ///< Deadlines::connect
  timeout_first_byte,  ///< Deadlines::first_byte
  timeout_silence,     ///< Deadlines::silence
  timeout_total,       ///< Deadlines::total
  disconnected,        ///< the connection died
  truncated,           ///< the body is shorter than announced
  unframed,            ///< the body has no announced end; see Request::accept_unframed
  malformed,           ///< not HTTP, or HTTP that contradicts itself
  encoding,            ///< the compressed body is damaged, cut, or of a kind not asked for
  too_large,           ///< more than Request::max_body
  cancelled,           ///< stop was requested
  internal,            ///< out of memory or a fault of the library
};

std::string_view to_string(Failure failure);

/// How far the request had come.
enum class Phase {
  unsent,     ///< no byte of it has left
  sent,       ///< some or all may have arrived
  answering,  ///< a final status line has come
};

Fault fault_of(Failure failure, Phase phase, Effect effect);

/// `detail` is the library's own sentence or empty. Never holds the URL's query.
Error error_of(Failure failure, Phase phase, const Request& request, std::string_view detail = {});

/// REQUIRES: no success (200–299).
Fault fault_of_status(int status, Effect effect);

/// What a person may do about a status, if there is something.
std::string_view remedy_of_status(int status);

/// Nothing for 200–299. Otherwise the default error: method, URL without query and status, with
/// Retry-After if there is one. Nothing of the body, which may hold a record's values.
std::optional<Error> refusal_of(const Request& request, const Response& response, Instant now);

/// Retry-After as seconds, with or without a fraction, or as an HTTP date (RFC 9110, 10.2.3); a
/// date is compared with the answer's own Date where it has one, else with `now`. Never negative;
/// at most 366 days. Empty: no such header, or one that nobody can read.
std::optional<std::chrono::milliseconds> retry_after(const Headers& headers, Instant now);

/// An HTTP date in any of its three forms.
std::optional<Instant> parse_http_date(std::string_view text);

/// "Not Found"; empty for a status without a registered name.
std::string_view reason_phrase(int status);

}  // namespace flit::http
