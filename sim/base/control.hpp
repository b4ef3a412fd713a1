#pragma once
/// @file The /__sim/ face of contract.md: digest, stats, faults, edit, reset, requests, clock.
///
/// For tests and people, never for the product; loopback only, no credentials. What only the
/// platform knows it asks of the Simulator, and calls that it does not know itself it offers to
/// Simulator::control(). Thread-safe.

#include "sim/base/faults.hpp"
#include "sim/base/request_log.hpp"
#include "sim/base/simulator.hpp"

namespace flit::sim {

/// The first segment of every control path.
inline constexpr std::string_view control_segment = "__sim";

class Control : public Service {
 public:
  struct Parts {
    Simulator& simulator;
    Surroundings surroundings;
    FaultInjector& faults;
    RequestLog& log;
  };
  explicit Control(Parts parts) : parts_(parts) {}

  Response handle(const Request& request) override;

 private:
  Response route(const Request& request);
  Response digest() const;
  Response stats() const;
  Response requests(const Request& request) const;
  Response clock() const;
  Response move_clock(const Request& request);
  Response replace_faults(const Request& request);
  Response edit(const Request& request);
  Response reset();

  Parts parts_;
};

}  // namespace flit::sim
