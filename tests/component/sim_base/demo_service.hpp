#pragma once
/// @file A service without a platform: enough behaviour to test the server and the frame with.

#include <string>

#include "sim/base/service.hpp"

namespace flit::sim::test {

/// Says what it was asked: "POST /a?b=1 body=5". Paths with a meaning of their own:
///   /delay        answers one platform second later
///   /truncate/N   stops after N bytes        /reset  resets the connection
///   /stream       streams 200,000 bytes      /stream/fail  streams some and fails
///   /large        8,000 bytes of JSON        /throw  throws
///   /header       tries to smuggle a second header in       /status/N  any status
class DemoService : public Service {
 public:
  Response handle(const Request& request) override;
};

}  // namespace flit::sim::test
