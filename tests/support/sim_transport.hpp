#pragma once
/// @file A simulator in process as a Transport: no socket, no thread, no real time.
///
/// What sim/base/response.hpp calls fate is acted out as the network would: a reset is a lost
/// connection, a truncated body an answer that is not whole, with the faults of http/fault.hpp;
/// delays are not waited for. The Date header, which over HTTP is the server's, is the clock's.

#include "base/clock.hpp"
#include "http/transport.hpp"
#include "sim/base/service.hpp"

namespace flit::test {

class SimTransport final : public http::Transport {
 public:
  /// `service` and `clock` outlive this.
  SimTransport(sim::Service& service, const Clock& clock) : service_(service), clock_(clock) {}

  Result<http::Response> send(const http::Request& request, std::stop_token stop) override;

 private:
  sim::Service& service_;
  const Clock& clock_;
};

}  // namespace flit::test
