#include "sim/salesforce/service/kind.hpp"

#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace flit::sim::salesforce {
namespace {

class SalesforceKind : public Kind {
 public:
  KindInfo info() const override {
    return {.name = "salesforce",
            .summary = "Salesforce (Sales Cloud): REST, SOQL, Bulk API",
            .description =
                "Serves /services/data/ with the standard objects, composite resources, "
                "describes, OAuth and the limits of an org.",
            .examples = {"flitsim salesforce --port 8080"}};
  }

  Result<std::unique_ptr<Simulator>> start(const CommonOptions& common,
                                           const Surroundings& surroundings) override {
    SimulatorSettings settings;
    settings.organization.seed = common.seed;
    settings.snapshot = common.snapshot.value_or("");
    return std::unique_ptr<Simulator>(
        std::make_unique<SalesforceSimulator>(std::move(settings), surroundings));
  }
};

}  // namespace

std::unique_ptr<Kind> make_kind() {
  return std::make_unique<SalesforceKind>();
}

}  // namespace flit::sim::salesforce
