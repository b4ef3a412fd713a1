#pragma once
/// @file What a server answered: status, headers, body, and how long each step took.
///
/// A Response is whole: an answer that was cut, whose length or encoding is wrong or that is larger
/// than allowed never becomes one. Any status is an answer, 500 as well; http/fault.hpp says what
/// to make of it.

#include <chrono>
#include <cstddef>
#include <string>

#include "http/headers.hpp"
#include "http/url.hpp"

namespace flit::http {

/// Bytes that a body's memory is longer than the body, so that simdjson reads it without a copy
/// (its SIMDJSON_PADDING; a test compares the two).
inline constexpr std::size_t body_padding = 64;

/// All but `queued` count from the moment the request was handed to the network.
struct Timing {
  std::chrono::microseconds queued{};      ///< before that, in the client's own queue
  std::chrono::microseconds connected{};   ///< until TCP, proxy and TLS stood; 0: reused connection
  std::chrono::microseconds first_byte{};  ///< until the status line
  std::chrono::microseconds total{};
};

struct Response {
  int status = 0;
  Headers headers{};
  std::string body{};  ///< decompressed; body.capacity() ≥ body.size() + body_padding
  Timing timing{};
  Url url{};  ///< who answered: differs from the request's when redirects were followed

  bool is_success() const { return status >= 200 && status < 300; }
};

}  // namespace flit::http
