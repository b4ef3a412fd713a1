// The two sales processes that an environment with Sales has: definitions and stages. Names and
// order as the product ships them, ids our own (fact sheet §12 gives none).

#include <array>

#include "sim/dataverse/organization/seeder.hpp"
#include "sim/dataverse/rules/process_flows.hpp"

namespace flit::sim::dataverse {
namespace {

struct ShippedFlow {
  std::string_view name;
  std::string_view instances;
  std::string_view primary;
};

constexpr std::array<ShippedFlow, 2> shipped_flows{{
    {"Lead to Opportunity Sales Process", "leadtoopportunitysalesprocess", "lead"},
    {"Opportunity Sales Process", "opportunitysalesprocess", "opportunity"},
}};
constexpr std::array<std::string_view, 4> stage_names{"Qualify", "Develop", "Propose", "Close"};

}  // namespace

void seed_process_flows(Seeder& seeder) {
  for (const ShippedFlow& flow : shipped_flows) {
    const Uuid id = known_id("flow:" + std::string(flow.instances));
    std::vector<FlowStage> stages;
    for (const std::string_view name : stage_names) {
      const int category = static_cast<int>(stages.size());  // Qualify 0 … Close 3
      // A lead is qualified; from the second stage on there is an opportunity.
      const std::string_view table = category == 0 ? flow.primary : "opportunity";
      stages.push_back({.id = known_id("stage:" + std::string(flow.instances) + std::string(name)),
                        .name = std::string(name),
                        .category = category,
                        .table = std::string(table)});
    }
    const std::string client_data = flow_client_data(stages);
    constexpr int activated = 1;
    seeder.put("workflow", id,
               {{"name", Cell::of_text(flow.name)},
                {"uniquename", Cell::of_text(flow.instances)},
                {"category", Cell::integer(4)},
                {"type", Cell::integer(1)},
                {"businessprocesstype", Cell::integer(0)},
                {"primaryentity", Cell::of_text(flow.primary)},
                {"scope", Cell::integer(4)},
                {"processorder", Cell::integer(1)},
                {"clientdata", Cell::of_text(client_data)}},
               activated);
    for (const FlowStage& stage : stages)
      seeder.put("processstage", stage.id,
                 {{"stagename", Cell::of_text(stage.name)},
                  {"stagecategory", Cell::integer(stage.category)},
                  {"primaryentitytypecode", Cell::of_text(stage.table)},
                  {"processid", seeder.lookup("workflow", id)}});
  }
}

}  // namespace flit::sim::dataverse
