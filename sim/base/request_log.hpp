#pragma once
/// @file The last thousand requests, for GET /__sim/requests: enough to see what a client did.
///
/// No credentials: Authorization, cookies and bodies are left out; of an error answer the beginning
/// is kept. Bounded memory. Thread-safe.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/instant.hpp"
#include "base/sync.hpp"
#include "sim/base/request.hpp"
#include "sim/base/response.hpp"

namespace flit::sim {

struct LoggedRequest {
  std::uint64_t number = 0;  ///< counted from 1 since the start
  Instant at{};
  std::string method;
  std::string target;  ///< cut after 2,000 bytes
  std::vector<Header> headers;
  std::size_t request_bytes = 0;
  int status = 0;  ///< 0: no answer was sent
  std::size_t response_bytes = 0;
  std::chrono::microseconds delay{0};
  std::string fault;  ///< the injected fault's name, if one struck
  std::string error;  ///< the first 1,000 bytes of an answer with status 400 or more
};

class RequestLog {
 public:
  static constexpr std::size_t capacity = 1000;

  /// `fault` is what the frame injected, if anything.
  void add(Instant at, const Request& request, const Response& response,
           const std::optional<InjectedFault>& fault);

  /// The newest `count` (or fewer), oldest first.
  std::vector<LoggedRequest> last(std::size_t count) const;
  void clear();

 private:
  struct State {
    std::deque<LoggedRequest> kept;
    std::uint64_t count = 0;
  };
  Sync<State> state_;
};

}  // namespace flit::sim
