#pragma once
/// @file One answer, and what becomes of the connection that carries it.
///
/// A simulator never sleeps and never touches a socket: delay, reset and truncation are data
/// (Fate), acted out by the server over HTTP and read as they are by callers in process. Delays are
/// in the platform's own seconds; the server divides by the time scale.

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/headers.hpp"

namespace flit::sim {

struct Fate {
  enum class Ending {
    normal,
    reset_before,  ///< connection reset, the platform never saw the request
    reset_after,   ///< connection reset, the platform did the work
    truncate,      ///< status, headers and at most `truncate_at` bytes of the body, then closed
  };
  Ending ending = Ending::normal;
  std::size_t truncate_at = 0;         ///< always fewer than the whole body, whatever is asked
  std::chrono::microseconds delay{0};  ///< platform time between request and answer
  bool operator==(const Fate&) const = default;
};

/// Gives the next bytes of a long body: fills some of `room`, returns how many; 0 ends the body.
/// Called from a server thread after handle() has returned, never by two threads at once; it must
/// own what it reads from. An empty optional is a failure: the connection is closed.
using BodyStream = std::function<std::optional<std::size_t>(std::span<char> room)>;

struct Response {
  int status = 200;
  Headers headers{};  ///< Content-Length, Date, Connection and Transfer-Encoding are the server's
  std::string body{};
  BodyStream stream{};  ///< when set, `body` is ignored and the answer is sent chunked
  Fate fate{};
  std::string
      endpoint{};  ///< its path template, "/objects/{object}", for stats; empty: not counted

  /// A JSON body with "Content-Type: application/json; charset=utf-8".
  static Response json(int status, std::string text);

  /// A short text/plain body, for answers that no platform would give (the frame's and the server's
  /// own).
  static Response plain(int status, std::string_view text);
};

}  // namespace flit::sim
