#include "http/fault.hpp"

#include <utility>

#include <fmt/format.h>

namespace flit::http {
namespace {

struct Wording {
  std::string_view name;
  std::string_view message;
  std::string_view remedy;
};

/// One line per failure, in words for people; deadlines add their figures.
Wording wording_of(Failure failure) {
  switch (failure) {
    case Failure::invalid_request:
      return {"invalid_request", "the request cannot be sent", ""};
    case Failure::resolve:
      return {
          "resolve", "no address was found for the host",
          "Check the host name and this machine's DNS; behind a proxy, name it (network.proxy)"};
    case Failure::connect:
      return {"connect", "no connection could be made",
              "Check that the server runs, the port, and that no firewall stands between"};
    case Failure::proxy:
      return {
          "proxy", "the proxy did not accept our credentials",
          "Give the proxy's user name and password (network.proxy_user, network.proxy_password)"};
    case Failure::tls_verify:
      return {
          "tls_verify", "the server's certificate was not accepted",
          "Check the host name; if the certificate is your own organisation's, name its CA file "
          "(network.ca_file), otherwise somebody may stand between you and the server"};
    case Failure::tls_setup:
      return {"tls_setup", "TLS could not be set up on this machine",
              "Check that the CA file (network.ca_file) exists and is PEM"};
    case Failure::tls_handshake:
      return {"tls_handshake", "no encrypted connection could be agreed",
              "Check that the port speaks TLS 1.2 or newer, and that no firewall cuts it"};
    case Failure::timeout_connect:
      return {"timeout_connect", "no connection within the deadline", ""};
    case Failure::timeout_first_byte:
      return {"timeout_first_byte", "no answer within the deadline", ""};
    case Failure::timeout_silence:
      return {"timeout_silence", "the answer stopped before its end", ""};
    case Failure::timeout_total:
      return {"timeout_total", "not finished within the deadline", ""};
    case Failure::disconnected:
      return {"disconnected", "the connection was closed before the answer was whole", ""};
    case Failure::truncated:
      return {"truncated", "the answer is shorter than announced", ""};
    case Failure::unframed:
      return {
          "unframed",
          "the answer says nowhere how long it is, so nobody can see whether it was cut",
          "If this server (or a proxy before it) always answers so, allow it for this endpoint"};
    case Failure::malformed:
      return {"malformed", "the answer is not valid HTTP",
              "Check that the URL's host and port are those of the API"};
    case Failure::encoding:
      return {"encoding", "the answer's compression is damaged or not one that was asked for", ""};
    case Failure::too_large:
      return {"too_large", "the answer is larger than allowed",
              "Ask for smaller pages, or raise the limit for this endpoint"};
    case Failure::cancelled:
      return {"cancelled", "stopped on request", ""};
    case Failure::internal:
      return {"internal", "the HTTP library failed", ""};
  }
  return {"unknown", "unknown failure", ""};
}

std::chrono::milliseconds deadline_of(Failure failure, const Deadlines& deadlines) {
  if (failure == Failure::timeout_connect) return deadlines.connect;
  if (failure == Failure::timeout_first_byte) return deadlines.first_byte;
  if (failure == Failure::timeout_silence) return deadlines.silence;
  if (failure == Failure::timeout_total) return deadlines.total;
  return {};
}

}  // namespace

std::string_view to_string(Failure failure) {
  return wording_of(failure).name;
}

Fault fault_of(Failure failure, Phase phase, Effect effect) {
  switch (failure) {
    case Failure::cancelled:
      return Fault::cancelled;
    case Failure::invalid_request:
      return Fault::permanent;
    case Failure::proxy:
    case Failure::tls_verify:
    case Failure::tls_setup:
      return Fault::setup;
    case Failure::too_large:
    case Failure::unframed:
    case Failure::internal:
      return effect == Effect::write && phase != Phase::unsent ? Fault::ambiguous
                                                               : Fault::permanent;
    case Failure::resolve:
    case Failure::connect:
    case Failure::tls_handshake:
    case Failure::timeout_connect:
    case Failure::timeout_first_byte:
    case Failure::timeout_silence:
    case Failure::timeout_total:
    case Failure::disconnected:
    case Failure::truncated:
    case Failure::malformed:
    case Failure::encoding:
      return effect == Effect::write && phase != Phase::unsent ? Fault::ambiguous
                                                               : Fault::transient;
  }
  return Fault::ambiguous;
}

Error error_of(Failure failure, Phase phase, const Request& request, std::string_view detail) {
  const Wording wording = wording_of(failure);
  Error error{.fault = fault_of(failure, phase, effect_of(request)),
              .message = std::string(wording.message),
              .where = shown(request),
              .remedy = std::string(wording.remedy),
              .code = std::string(wording.name)};
  if (const auto limit = deadline_of(failure, request.deadlines); limit.count() > 0)
    error.message += fmt::format(" of {} ms", limit.count());
  if (!detail.empty()) error.message += fmt::format(" ({})", detail);
  if (error.fault == Fault::ambiguous) error.message += "; the write may have been carried out";
  return error;
}

Fault fault_of_status(int status, Effect effect) {
  switch (status) {
    case 429:
      return Fault::limit;
    case 301:
    case 302:
    case 307:
    case 308:
    case 401:
    case 403:
    case 407:
      return Fault::setup;
    case 501:
    case 505:
      return Fault::permanent;
    case 408:
    case 425:
      break;
    default:
      if (status < 500) return Fault::permanent;
  }
  return effect == Effect::write ? Fault::ambiguous : Fault::transient;
}

std::string_view remedy_of_status(int status) {
  switch (status) {
    case 301:
    case 302:
    case 307:
    case 308:
      return "The server sends us elsewhere: check the configured base URL";
    case 401:
      return "The credentials were not accepted: check them, and whether they have expired";
    case 403:
      return "The credentials are known but may not do this: grant the permission";
    case 407:
      return "Give the proxy's user name and password (network.proxy_user, network.proxy_password)";
    default:
      return "";
  }
}

std::optional<Error> refusal_of(const Request& request, const Response& response, Instant now) {
  if (response.is_success()) return std::nullopt;
  const std::string_view reason = reason_phrase(response.status);
  return Error{
      .fault = fault_of_status(response.status, effect_of(request)),
      .message = fmt::format("answered {}{}{}", response.status, reason.empty() ? "" : " ", reason),
      .where = shown(request),
      .remedy = std::string(remedy_of_status(response.status)),
      .code = fmt::format("HTTP {}", response.status),
      .retry_after = retry_after(response.headers, now)};
}

}  // namespace flit::http
