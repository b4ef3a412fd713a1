#pragma once
/// @file The simulated Dataverse as a Simulator: HTTP in, HTTP out, with identity and limits around
/// the Web API.
///
/// A request goes: token endpoint, or bearer token → caller → service protection → Api (or batch) →
/// response headers. Injected faults are answered in the platform's words. Thread-safe.

#include <atomic>
#include <memory>
#include <string>

#include "sim/base/simulator.hpp"
#include "sim/dataverse/api/api.hpp"
#include "sim/dataverse/limits/cost_model.hpp"
#include "sim/dataverse/limits/entitlement.hpp"
#include "sim/dataverse/limits/service_protection.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/service/identities.hpp"

namespace flit::sim::dataverse {

struct SimulatorSettings {
  Settings organization{};
  bool limits = false;  ///< --limits real
  ProtectionLimits protection{};
  CostModel cost{};
  unsigned servers = 1;    ///< web servers behind the address
  int dop_hint = 5;        ///< x-ms-dop-hint
  std::string snapshot{};  ///< written by save() when named
};

class DataverseSimulator : public Simulator {
 public:
  /// What `surroundings` refers to outlives this.
  DataverseSimulator(SimulatorSettings settings, const Surroundings& surroundings);

  Response handle(const Request& request) override;
  Access access() const override;
  DigestReport digest() const override;
  Result<std::string> edit(json::Value edits) override;
  void reset() override;
  double best_rows_per_second() const override;
  void add_stats(json::Writer& out) const override;
  void served_at(const std::string& url) override;
  Result<void> save() override;

  Organization& organization() { return org_; }

  /// `--schema FILE`: a list of metadata requests, [{"path": "EntityDefinitions", "body": {…}}].
  Result<void> preload_schema(const std::string& name, std::string_view text);

  /// `--snapshot FILE`, if it exists.
  Result<void> load();

 private:
  Response serve(const Request& request, const Caller& caller, unsigned server);
  Response run_api(const Request& request, const Caller& caller, std::string_view version);
  Response unauthorized() const;
  unsigned server_of(const Request& request);
  std::string root_of(const Request& request, std::string_view version) const;
  void count(const ApiReply& reply, const Caller& caller);
  void add_entitlement(json::Writer& out) const;

  SimulatorSettings settings_;
  Surroundings surroundings_;
  Organization org_;
  Identities identities_;
  Api api_;
  ServiceProtection protection_;
  Entitlement entitlement_;
  std::atomic<unsigned> next_server_{0};
  std::string url_ = "http://127.0.0.1";
};

}  // namespace flit::sim::dataverse
