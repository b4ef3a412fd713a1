#pragma once
/// @file The simulated org as a Simulator: HTTP in, HTTP out, with identity and limits around the
/// API.
///
/// A request goes: OAuth endpoint, or token → user → limits → API or Bulk → headers. Injected
/// faults are answered in the platform's words. Thread-safe.

#include <memory>
#include <set>
#include <string>

#include "base/sync.hpp"
#include "sim/base/simulator.hpp"
#include "sim/salesforce/api/api.hpp"
#include "sim/salesforce/identity/oauth.hpp"
#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/rules/business_rules.hpp"
#include "sim/salesforce/service/bulk_front.hpp"
#include "sim/salesforce/service/cost_model.hpp"
#include "sim/salesforce/setup/setup_api.hpp"
#include "sim/salesforce/soap/partner_soap.hpp"

namespace flit::sim::salesforce {

struct SimulatorSettings {
  Settings organization{};
  bool limits = false;  ///< --limits real
  CostModel cost{};
  std::string schema{};    ///< text of --schema FILE, loaded at the start and after each reset
  BusinessRules rules{};   ///< of --rules FILE
  std::string snapshot{};  ///< written by save() when named
};

class SalesforceSimulator : public Simulator {
 public:
  /// What `surroundings` refers to outlives this.
  SalesforceSimulator(SimulatorSettings settings, const Surroundings& surroundings);
  ~SalesforceSimulator() override;

  /// Loads `--schema` and `--snapshot`; before the first request.
  Result<void> load();

  Response handle(const Request& request) override;
  Access access() const override;
  DigestReport digest() const override;
  Result<std::string> edit(json::Value edits) override;
  void reset() override;
  double best_rows_per_second() const override;
  void add_stats(json::Writer& out) const override;
  void served_at(const std::string& url) override { url_ = url; }
  Result<void> save() override;

  Organization& organization() { return org_; }

 private:
  Response authenticated(const Request& request);
  Response data(const Request& request, RecordId user, const std::string& version);
  Response async(const Request& request);
  Response partner_soap(const Request& request);
  Response metadata_soap(const Request& request);
  Response run_api(const Request& request, RecordId user, const std::string& version);
  std::optional<Refusal> over_limit();
  void account(const ApiReply& reply, Response& response);
  std::string root_of(const Request& request) const;

  SimulatorSettings settings_;
  Surroundings surroundings_;
  Organization org_;
  Sessions sessions_;
  OAuth oauth_;
  PartnerSoap partner_;
  Api api_;
  BulkFront bulk_;
  SetupApi setup_;
  Sync<std::multiset<Tick>> long_requests_;  // when each that takes 20 seconds ends
  std::string url_ = "http://127.0.0.1";
};

}  // namespace flit::sim::salesforce
