#pragma once
/// @file Follows redirects, for reads that ask for it, without carrying credentials elsewhere.
///
/// Only answers 301, 302, 303, 307 and 308 with a Location to a request that reads are followed.
/// On another origin every header is left behind but the few that describe what is asked for: an
/// API key may stand in any header (facts on Interactive files: the file host refuses requests that
/// carry an Authorization). From https to http nobody goes. Private to the room; one lane.

#include <chrono>

#include "http/exchange.hpp"

namespace flit::http {

class RedirectTrail {
 public:
  RedirectTrail(Request first, Moment now);

  /// What to send next.
  const Request& current() const { return current_; }

  /// True: current() has changed, send it. False: `response` is the answer.
  Result<bool> follow(const Response& response, Moment now);

 private:
  Request current_;
  int hops_left_;
  std::chrono::milliseconds total_;
  Moment begun_;
};

}  // namespace flit::http
