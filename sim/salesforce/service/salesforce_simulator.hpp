#pragma once
/// @file The simulated org as a Simulator: HTTP in, HTTP out, with identity and limits around the
/// API.
///
/// A request goes: OAuth endpoint, or bearer token → caller → daily limit → API → headers. Injected
/// faults are answered in the platform's words. Thread-safe.

#include <memory>
#include <string>

#include "sim/base/simulator.hpp"
#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

struct SimulatorSettings {
  Settings organization{};
  std::string snapshot{};  ///< written by save() when named
};

class SalesforceSimulator : public Simulator {
 public:
  /// What `surroundings` refers to outlives this.
  SalesforceSimulator(SimulatorSettings settings, const Surroundings& surroundings);

  Response handle(const Request& request) override;
  Access access() const override;
  DigestReport digest() const override;
  Result<std::string> edit(json::Value edits) override;
  void reset() override;
  void served_at(const std::string& url) override { url_ = url; }

  Organization& organization() { return org_; }

 private:
  SimulatorSettings settings_;
  Surroundings surroundings_;
  Organization org_;
  std::string url_ = "http://127.0.0.1";
};

}  // namespace flit::sim::salesforce
