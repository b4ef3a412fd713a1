// Awkward calls, emails, meetings and tasks: XI-14 to XI-16, and a missing required value (XI-31).

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

/// Claimed and about the first ordinary contact from behind.
std::uint64_t about_contact(World& world, std::string_view object, Plan& plan, Change change) {
  const std::uint64_t id = plan.claim(std::move(change));
  world.add_edge({object, id}, {"contacts", world.contacts.end_id() - 1});
  return id;
}

void odd_times(World& world) {
  const auto call = [&](std::int64_t ms) {
    return about_contact(world, "calls", world.calls,
                         [ms](Draft& draft) { draft.number("duration_ms", ms); });
  };
  world.add_case(
      "XI-14", {"ID-08"}, "calls", {call(0), call(12 * hour_ms)},
      R"({"outcome":"created","target":{"dataverse":"phonecall","salesforce":"Task"},"note":"0 and 12 hours"})");
  const std::uint64_t backwards =
      about_contact(world, "meetings", world.meetings, [](Draft& draft) {
        draft.instant("starts_at", draft.created_ms).instant("ends_at", draft.created_ms - hour_ms);
      });
  world.add_case("XI-14", {"ID-08"}, "meetings", {backwards},
                 R"({"outcome":"held","reason":"end_before_start","finding":"end_before_start"})");
  // the account is in New York, where clocks go back on 2 November 2025
  const std::uint64_t all_day = about_contact(world, "meetings", world.meetings, [](Draft& draft) {
    draft.flag("all_day", true);
    draft.text("starts_at", "2025-11-02T04:00:00.000Z").text("ends_at", "2025-11-03T05:00:00.000Z");
  });
  world.add_case("XI-14", {"ID-08"}, "meetings", {all_day},
                 R"({"outcome":"created","note":"all day over the end of summer time: 25 hours"})");
}

void odd_states(World& world) {
  const std::uint64_t task = about_contact(world, "tasks", world.tasks, [](Draft& draft) {
    draft.text("status", "completed").clear("completed_at");
  });
  world.add_case("XI-14", {"ID-08"}, "tasks", {task},
                 R"({"outcome":"created","note":"completed without completed_at"})");
  const auto email = [&](const char* status) {
    return about_contact(world, "emails", world.emails, [status](Draft& draft) {
      draft.text("status", status).text("direction", "outgoing");
    });
  };
  world.add_case("XI-14", {"ID-08"}, "emails", {email("scheduled"), email("bounced")},
                 R"({"outcome":"created","target":{"dataverse":"email","salesforce":"Task"}})");
  const std::uint64_t timeless =
      about_contact(world, "calls", world.calls, [](Draft& draft) { draft.clear("started_at"); });
  world.add_case("XI-31", {"S-01"}, "calls", {timeless},
                 R"({"outcome":"created","finding":"missing_required","note":"no started_at"})");
}

void parents(World& world) {
  const std::uint64_t idle = about_contact(world, "calls", world.calls,
                                           [owner = world.special_owners.inactive](Draft& draft) {
                                             draft.text("owner_id", id_text(owner));
                                           });
  world.add_case("XI-15", {"ID-08", "G-D365-5"}, "calls", {idle},
                 R"({"outcome":"created","finding":"owner_inactive","note":"fallback owner"})");
  const std::uint64_t orphan = world.calls.claim([](Draft& draft) {
    draft.system.participants =
        R"([{"role":"caller","object":null,"id":null,"address":"+12125550100"}])";
  });
  world.add_case(
      "XI-15", {"ID-08"}, "calls", {orphan},
      R"({"outcome":"created","finding":"activity_without_parent","fields":{"regarding":null}})");
  const std::uint64_t email = world.emails.claim();
  const std::uint64_t deal = world.deals.end_id() - 1;
  world.add_edge({"emails", email}, {"contacts", world.contacts.end_id() - 1});
  world.add_edge({"emails", email}, {"contacts", world.contacts.end_id() - 2});
  world.add_edge({"emails", email}, {"companies", world.companies.end_id() - 1});
  world.add_edge({"emails", email}, {"matters", world.matters.end_id() - 1});
  world.add_edge({"emails", email}, {"deals", deal});
  world.add_case(
      "XI-15", {"ID-08"}, "emails", {email},
      fmt::format(
          R"({{"outcome":"created","fields":{{"regarding":"deals/{}"}},"note":"five parents: deals before matters before companies before contacts"}})",
          deal));
}

void recipients(World& world) {
  const std::uint64_t many = about_contact(world, "emails", world.emails, [](Draft& draft) {
    std::string& parties = draft.system.participants;
    parties = R"([{"role":"from","object":"owners","id":"40"})";
    for (int n = 0; n < 120; ++n)
      parties += fmt::format(
          R"(,{{"role":"{}","object":null,"id":null,"address":"guest{}@list.example"}})",
          n < 60 ? "to" : "cc", n);
    parties += ']';
  });
  const std::uint64_t named = about_contact(world, "emails", world.emails, [](Draft& draft) {
    draft.system.participants =
        R"([{"role":"from","object":"owners","id":"40"},{"role":"to","object":null,"id":null,"address":"\"Clerk, County\" <court@county.example>"}])";
  });
  const std::uint64_t draft_mail = about_contact(world, "emails", world.emails, [](Draft& draft) {
    draft.text("status", "draft").text("direction", "outgoing");
    draft.system.participants = R"([{"role":"from","object":"owners","id":"40"}])";
  });
  world.add_case(
      "XI-16", {"ID-08"}, "emails", {many},
      R"({"outcome":"created","note":"120 recipients, all unknown: unresolved parties"})");
  world.add_case("XI-16", {"ID-08"}, "emails", {named},
                 R"({"outcome":"created","note":"a recipient with a display name"})");
  world.add_case("XI-16", {"ID-08"}, "emails", {draft_mail},
                 R"({"outcome":"created","note":"a draft stays one"})");
}

}  // namespace

void claim_engagement_cases(World& world) {
  for (const auto part : {odd_times, odd_states, parents, recipients}) part(world);
}

}  // namespace flit::sim::interactive
