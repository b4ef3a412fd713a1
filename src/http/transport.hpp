#pragma once
/// @file The one face of the network: a request goes in, an answer comes out.
///
/// Client sends over the wire, a simulator answers in process, a replay answers from a file, and
/// decorators (recording, tracing, authorisation) stand in between; whoever sends cannot tell.

#include <stop_token>

#include "base/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::http {

class Transport {
 public:
  virtual ~Transport() = default;

  /// Blocks until a whole answer with any status is here, or says why there is none, with the fault
  /// of http/fault.hpp. Fault::cancelled within one second of `stop`; a write that was under way
  /// may have arrived then, so its intent stays open in the ledger. Thread-safe.
  virtual Result<Response> send(const Request& request, std::stop_token stop) = 0;
};

}  // namespace flit::http
