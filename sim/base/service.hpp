#pragma once
/// @file What answers requests: the one face that a simulator, the frame around it and a test
/// share.

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"

namespace flit::sim {

class Service {
 public:
  virtual ~Service() = default;

  /// Answers one request. Called from many threads at once; must not sleep or wait for another
  /// request: how long a platform takes is said in Response::fate.
  virtual Response handle(const Request& request) = 0;
};

}  // namespace flit::sim
