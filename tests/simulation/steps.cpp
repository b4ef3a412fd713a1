#include "steps.hpp"

#include "apps/wiring/stages/difference.hpp"
#include "apps/wiring/stages/inventory.hpp"
#include "apps/wiring/stages/load.hpp"
#include "apps/wiring/stages/map.hpp"
#include "apps/wiring/stages/owners.hpp"
#include "apps/wiring/stages/plan.hpp"
#include "apps/wiring/stages/preflight.hpp"
#include "apps/wiring/stages/reconcile.hpp"
#include "apps/wiring/stages/rollback.hpp"

namespace flit::test {
namespace {

using wiring::Workspace;

constexpr std::uint64_t sample_size = 6;
const engine::Approver person{.name = "Simulation"};

template <typename Outcome>
Result<Ended> ended(Result<Outcome> outcome) {
  if (!outcome) return Error(outcome.error());
  return Ended{outcome->end, outcome->summary};
}

Result<Ended> approved(Result<wiring::ApproveOutcome> outcome) {
  if (!outcome) return Error(outcome.error());
  return Ended{};
}

Step approve(std::string_view name, engine::Gate gate) {
  return {name, [gate](Workspace& workspace, std::stop_token) {
            return approved(wiring::approve(workspace, gate, person));
          }};
}

Result<Ended> plan(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(outcome, wiring::make_plan(workspace, stop));
  return Ended{outcome.end};
}

Result<Ended> diff(Workspace& workspace, std::stop_token stop) {
  FLIT_TRY(outcome, wiring::show_difference(workspace, stop));
  return Ended{outcome.end, outcome.document};
}

}  // namespace

const std::vector<Step>& whole_way() {
  static const std::vector<Step> steps{
      {"init"},
      {"inventory",
       [](Workspace& w, std::stop_token stop) {
         return ended(wiring::take_inventory(w, false, stop));
       }},
      {proposing, [](Workspace& w, std::stop_token) { return ended(wiring::propose_map(w, {})); }},
      {"map confirm",
       [](Workspace& w, std::stop_token) { return approved(wiring::confirm_map(w, person)); }},
      {"plan", plan},
      approve("approve plan", engine::Gate::plan),
      {"plan apply",
       [](Workspace& w, std::stop_token stop) { return ended(wiring::apply_plan(w, stop)); }},
      {"owners",
       [](Workspace& w, std::stop_token stop) {
         return ended(wiring::resolve_owners(w, "ada.berg@simulated.example", stop));
       }},
      approve("approve owners", engine::Gate::owners),
      {"preflight",
       [](Workspace& w, std::stop_token stop) { return ended(wiring::look_ahead(w, stop)); }},
      {"sample",
       [](Workspace& w, std::stop_token stop) {
         return ended(wiring::move_sample(w, sample_size, stop));
       }},
      {"diff", diff},
      approve("approve sample", engine::Gate::sample),
      {"run",
       [](Workspace& w, std::stop_token stop) { return ended(wiring::move_everything(w, stop)); }},
      {"reconcile",
       [](Workspace& w, std::stop_token stop) { return ended(wiring::reconcile(w, 0, stop)); }},
      {turning_point, [](Workspace& w, std::stop_token stop) {
         return ended(wiring::roll_back(w, {.schema = true}, stop));
       }}};
  return steps;
}

}  // namespace flit::test
