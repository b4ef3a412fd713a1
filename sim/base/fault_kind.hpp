#pragma once
/// @file What can be made to go wrong on purpose, and one such mishap on its way to a platform.
///
/// The frame (frame.hpp) acts out what happens to the connection; what only the platform can phrase
/// (its own 401, 429 or 503, a locked row, a half-done bulk request) it finds in Request::injected
/// and must answer in its own words.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/spec.hpp"

namespace flit::sim {

enum class FaultKind {
  unauthorized,  ///< "401": the platform answers that the token has expired
  throttled,     ///< "429": the platform answers with its throttling error
  unavailable,   ///< "503": the platform, or the gateway before it, is not available
  html,          ///< "html": a gateway's 502 page instead of an answer; the platform saw nothing
  reset_before,  ///< "reset_before": the connection dies before the platform saw the request
  reset_after,   ///< "reset_after": the platform did the work, the connection dies unanswered
  truncate,      ///< "truncate": the work is done, the answer's body stops half-way
  slow,          ///< "slow": the answer comes later
  partial,       ///< "partial": the platform does part of a bulk request and fails the rest
  lock,          ///< "lock": the platform answers that a row is locked by somebody else
};

struct InjectedFault {
  FaultKind kind = FaultKind::unavailable;
  std::optional<std::chrono::milliseconds> wait{};  ///< Retry-After, delay or lock time, if stated
  std::optional<std::size_t> bytes{};               ///< truncate: how much of the body goes out
  bool operator==(const InjectedFault&) const = default;
};

/// The name used in files and on the wire: "429", "reset_after".
std::string_view to_string(FaultKind kind);

/// Read from its name, with or without quotes: "kind": 429 is understood, too.
void describe(spec::Parsed<FaultKind>& type);

/// True for the kinds that the platform itself must answer (it finds them in Request::injected).
bool is_for_platform(FaultKind kind);

}  // namespace flit::sim
