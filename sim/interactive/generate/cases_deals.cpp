// Awkward deals: XI-08 to XI-12.

#include <array>

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

/// A deal that the ordinary generator adds nothing to; in stage "Drafting" unless changed.
std::uint64_t claim(World& world, Change change) {
  const std::uint64_t id = world.deals.claim([change = std::move(change)](Draft& draft) {
    draft.text("pipeline_id", "1").text("stage_id", "13").text("amount", "1000.00");
    draft.clear("currency_code")
        .clear("probability")
        .clear("forecast_category")
        .clear("lost_reason");
    if (change) change(draft);
  });
  world.closed_off.insert(id);
  return id;
}

std::uint64_t with_company(World& world, std::uint64_t deal) {
  world.add_edge({"deals", deal}, {"companies", world.companies.end_id() - 1}, "", true);
  return deal;
}

void amounts(World& world) {
  const std::uint64_t won = with_company(world, claim(world, [](Draft& draft) {
                                           draft.text("stage_id", "14").text("probability", "0.6");
                                         }));
  world.add_case(
      "XI-08", {"ID-05"}, "deals", {won},
      R"({"outcome":"created","fields":{"state":"won","probability":"0.6"},"note":"state by the stage's flags"})");
  const std::uint64_t none =
      with_company(world, claim(world, [](Draft& draft) { draft.clear("amount"); }));
  world.add_case("XI-08", {"ID-05"}, "deals", {none},
                 R"({"outcome":"created","fields":{"amount":null}})");
  const std::uint64_t zero =
      with_company(world, claim(world, [](Draft& draft) { draft.text("amount", "0"); }));
  world.add_case("XI-08", {"ID-05"}, "deals", {zero},
                 R"({"outcome":"created","fields":{"amount":"0"}})");
  const std::uint64_t negative =
      with_company(world, claim(world, [](Draft& draft) { draft.text("amount", "-250.75"); }));
  world.add_case("XI-08", {"ID-05"}, "deals", {negative},
                 R"({"outcome":"created","fields":{"amount":"-250.75"}})");
  const std::uint64_t huge = with_company(
      world, claim(world, [](Draft& draft) { draft.text("amount", "99999999999999.999999"); }));
  world.add_case(
      "XI-08", {"ID-05"}, "deals", {huge},
      R"({"finding":"out_of_range","note":"beyond opportunity.estimatedvalue of Dataverse: failed there, created on Salesforce"})");
  const std::uint64_t euro =
      with_company(world, claim(world, [](Draft& draft) { draft.text("currency_code", "EUR"); }));
  world.add_case("XI-08", {"ID-05"}, "deals", {euro},
                 R"({"outcome":"created","finding":"foreign_currency"})");
}

void customers(World& world) {
  const std::uint64_t lead = world.contacts.claim([](Draft& draft) {
    draft.text("lifecycle_stage", "lead").text("status", "prospect").clear("became_customer_at");
  });
  const std::uint64_t of_lead = claim(world, {});
  world.add_edge({"deals", of_lead}, {"contacts", lead}, "decision_maker", true);
  const std::uint64_t alone = claim(world, {});
  world.add_case(
      "XI-09", {"ID-05"}, "deals", {of_lead, alone},
      R"({"outcome":"created","fields":{"customer":"fallback"},"note":"only contact is a lead; no company and no contact"})");
}

void many_contacts(World& world) {
  const std::uint64_t deal = with_company(world, claim(world, {}));
  std::array<std::uint64_t, 4> people{};
  for (std::uint64_t& one : people)
    one = world.contacts.claim([](Draft& draft) { draft.text("lifecycle_stage", "customer"); });
  world.add_edge({"deals", deal}, {"contacts", people[0]}, "attorney");
  world.add_edge({"deals", deal}, {"contacts", people[1]}, "decision_maker", true);
  world.add_edge({"deals", deal}, {"contacts", people[2]}, "decision_maker", true);
  world.add_edge({"deals", deal}, {"contacts", people[3]}, "");
  world.add_case(
      "XI-10", {"ID-05"}, "deals", {deal},
      fmt::format(
          R"({{"outcome":"created","fields":{{"contact":"{}"}},"finding":"primary_guessed","note":"three more as connections, one without a role"}})",
          people[1]));
}

void stages(World& world) {
  const auto in_stage = [&](const char* pipeline, const char* stage) {
    return with_company(world, claim(world, [pipeline, stage](Draft& draft) {
                          draft.text("pipeline_id", pipeline).text("stage_id", stage);
                        }));
  };
  world.add_case("XI-11", {"ID-06", "IS-04", "IS-05", "IS-06"}, "deals",
                 {in_stage("1", "11"), in_stage("2", "21")},
                 R"({"outcome":"created","note":"stages of one label in two pipelines"})");
  world.add_case("XI-11", {"ID-06", "IS-06"}, "deals", {in_stage("1", "16")},
                 R"({"outcome":"created","note":"the stage is archived"})");
  world.add_case(
      "XI-11", {"ID-06", "IS-06"}, "deals", {in_stage("2", "23")},
      R"({"outcome":"created","note":"the stage has no probability and ties in order"})");
  world.add_case(
      "XI-11", {"ID-06", "IS-04"}, "deals", {in_stage("1", "22")},
      R"({"outcome":"created","finding":"stage_pipeline_mismatch","fields":{"pipeline":"2"}})");
  world.add_case("XI-11", {"ID-05"}, "deals", {in_stage("2", "26")},
                 R"({"outcome":"created","finding":"stage_won_unset","fields":{"state":"lost"}})");
}

class History {
 public:
  explicit History(World& world) : world_(world) {}

  void enter(std::uint64_t deal, std::uint64_t pipeline, std::uint64_t stage, std::int64_t at,
             std::int64_t until) {
    world_.data.history.push_back({.id = 88'001 + world_.data.history.size(),
                                   .deal_id = deal,
                                   .pipeline_id = pipeline,
                                   .stage_id = stage,
                                   .entered_ms = at,
                                   .exited_ms = until,
                                   .by_user_id = 9});
  }

 private:
  World& world_;
};

void histories(World& world) {
  History history(world);
  const auto fresh = [&](const char* stage) {
    const std::uint64_t id =
        with_company(world, claim(world, [stage](Draft& draft) { draft.text("stage_id", stage); }));
    world.own_history.insert(id);
    return id;
  };
  const std::int64_t day0 = world.start_ms + 900 * day_ms;
  const std::uint64_t again = fresh("12");
  history.enter(again, 1, 11, day0, day0 + day_ms);
  history.enter(again, 1, 12, day0 + day_ms, day0 + 2 * day_ms);
  history.enter(again, 1, 11, day0 + 2 * day_ms, day0 + 5 * day_ms);
  history.enter(again, 1, 12, day0 + 5 * day_ms, 0);
  world.add_case(
      "XI-12", {"IS-06"}, "deals", {again},
      fmt::format(
          R"({{"outcome":"created","fields":{{"entered_11":"{}","entered_12":"{}"}},"note":"entered twice: the first time is kept"}})",
          instant_text(day0), instant_text(day0 + day_ms)));
  const std::uint64_t early = fresh("13");
  history.enter(early, 1, 11, world.start_ms - 400 * day_ms, world.start_ms - 300 * day_ms);
  history.enter(early, 1, 13, world.start_ms - 300 * day_ms, 0);
  world.add_case("XI-12", {"IS-06"}, "deals", {early},
                 R"({"outcome":"created","note":"entries before created_at"})");
  const std::uint64_t none = fresh("12");
  world.add_case("XI-12", {"IS-06"}, "deals", {none},
                 R"({"outcome":"created","fields":{"entered_12":null},"note":"no history"})");
  const std::uint64_t deleted = fresh("13");
  history.enter(deleted, 1, 19, day0, day0 + day_ms);
  history.enter(deleted, 1, 13, day0 + day_ms, 0);
  world.add_case("XI-12", {"IS-06"}, "deals", {deleted},
                 R"({"outcome":"created","finding":"stage_deleted"})");
}

}  // namespace

void claim_deal_cases(World& world) {
  for (const auto part : {amounts, customers, many_contacts, stages, histories}) part(world);
}

}  // namespace flit::sim::interactive
