// Awkward contacts: XI-02 to XI-05, XI-13, XI-23, XI-24, XI-26, XI-28, XI-31, XI-32.

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

Change text(std::string property, std::string value) {
  return [property = std::move(property), value = std::move(value)](Draft& draft) {
    draft.text(property, value);
  };
}

std::string company_edge(World& world, std::uint64_t contact, std::uint64_t n, bool primary) {
  const std::uint64_t company =
      world.companies.plain_count() == 0 ? 0 : world.companies.end_id() - 1 - n;
  world.add_edge({"contacts", contact}, {"companies", company}, n == 0 ? "employer" : "consultant",
                 primary);
  return id_text(company);
}

void several_companies(World& world) {
  const std::uint64_t none = world.contacts.claim(text("lifecycle_stage", "customer"));
  const std::uint64_t two = world.contacts.claim(text("lifecycle_stage", "customer"));
  world.without_company.insert({none, two});
  const std::string first = company_edge(world, none, 2, false);
  company_edge(world, none, 1, false);
  company_edge(world, none, 0, false);
  world.add_case(
      "XI-02", {"ID-01", "IS-03"}, "contacts", {none},
      fmt::format(
          R"({{"outcome":"created","fields":{{"company":"{}"}},"finding":"primary_guessed","note":"no primary: the oldest edge; two connections"}})",
          first));
  company_edge(world, two, 3, false);
  const std::string elder = company_edge(world, two, 5, true);
  company_edge(world, two, 4, true);
  world.add_case(
      "XI-02", {"ID-01", "IS-03"}, "contacts", {two},
      fmt::format(
          R"({{"outcome":"created","fields":{{"company":"{}"}},"finding":"primary_guessed","note":"two primaries: the older one; two connections"}})",
          elder));
}

void lifecycles(World& world) {
  std::vector<std::uint64_t> leads;
  for (const char* stage : {"lead", "prospect", "mql", "Marketing Qualified", " Lead "})
    leads.push_back(world.contacts.claim([stage](Draft& draft) {
      draft.text("lifecycle_stage", stage).text("status", "prospect").clear("became_customer_at");
    }));
  world.add_case(
      "XI-03", {"ID-02", "ID-03"}, "contacts", leads,
      R"({"outcome":"created","target":{"dataverse":"lead","salesforce":"Lead"},"note":"the text as it was is kept"})");
  std::vector<std::uint64_t> unrouted;
  unrouted.push_back(world.contacts.claim([](Draft& draft) {
    draft.clear("lifecycle_stage").text("status", "active").clear("became_customer_at");
  }));
  for (const char* stage : {"partner", "evangelist"})
    unrouted.push_back(world.contacts.claim([stage](Draft& draft) {
      draft.text("lifecycle_stage", stage).text("status", "active").clear("became_customer_at");
    }));
  world.add_case(
      "XI-04", {"ID-02"}, "contacts", unrouted,
      R"({"outcome":"created","target":{"dataverse":"contact","salesforce":"Contact"},"finding":"lifecycle_unrouted"})");
}

void prospect_with_won_deal(World& world) {
  const std::uint64_t contact = world.contacts.claim([](Draft& draft) {
    draft.text("lifecycle_stage", "lead").text("status", "prospect").clear("became_customer_at");
  });
  const std::uint64_t deal = world.deals.claim([](Draft& draft) {
    draft.text("pipeline_id", "1").text("stage_id", "14").text("amount", "4200.00");
  });
  world.closed_off.insert(deal);
  world.add_edge({"deals", deal}, {"contacts", contact}, "decision_maker", true);
  world.add_case(
      "XI-05", {"IS-02"}, "contacts", {contact},
      R"({"outcome":"created","target":{"dataverse":"lead","salesforce":"Contact"},"note":"a closed-won deal makes it a Contact on IS; on ID lifecycle alone decides"})");
}

void owners(World& world) {
  const auto& special = world.special_owners;
  const auto owned = [&](std::uint64_t owner, const char* what, const char* finding) {
    const std::uint64_t id = world.contacts.claim([owner](Draft& draft) {
      draft.json("owner_id", owner == 0 ? "" : json_text(id_text(owner)));
    });
    world.add_case("XI-13", {"ID-12", "IS-11"}, "contacts", {id},
                   fmt::format(R"({{"outcome":"created","finding":{},"note":"owner: {}"}})",
                               *finding == 0 ? "null" : json_text(finding), what));
  };
  owned(special.inactive, "inactive", "owner_inactive");
  owned(special.unmatched, "not among the destination's users", "owner_unmatched");
  owned(special.no_email, "without e-mail", "owner_without_email");
  owned(special.upper_case, "upper case, matched without case", "");
  owned(special.shared_inactive, "inactive, shares its e-mail with its successor",
        "owner_shared_email");
  owned(special.shared_successor, "successor, shares its e-mail", "owner_shared_email");
  owned(special.queue, "a queue", "owner_without_email");
  owned(special.deleted, "deleted, in no list", "owner_unknown");
  owned(0, "null", "owner_missing");
}

void custom_values(World& world) {
  const std::uint64_t id = world.contacts.claim([](Draft& draft) {
    draft.text("c_referral", "Mrs Dahl").text("c_referral_source", "newsletter");
    draft.text("telephone1", "(212) 555-0143 ext. 9").text("c_long_label", "short value");
    draft.text("c_total_fees", "1250.50").number("c_internal_score", 7);
    draft.text("c_old_segment", "gold").text("c_client_number", "C-0001");
    draft.text("c_referral_fee", "125.50");
  });
  const auto archived = [&](const char* number) {
    return world.contacts.claim_extra([number, now = world.now_ms](Draft& draft) {
      draft.text("c_client_number", number);
      draft.archived_ms = now - 20 * day_ms;
    });
  };
  const std::uint64_t first = archived("C-0001");
  const std::uint64_t second = archived("c-0001");
  world.add_case(
      "XI-23", {"IS-07", "G-D365-3"}, "contacts", {id, first, second},
      R"({"note":"one label twice, a name of the destination's own, a label of 300, calculated, hidden, archived with a value, unique but among archived records"})");
  const std::uint64_t choices = world.contacts.claim([](Draft& draft) {
    draft.text("lead_source", "tv_spot").text("language", "nl");
    draft.text("c_interests", "wills;trusts;wills;yachts;medicaid");
  });
  const std::uint64_t label = world.contacts.claim(text("c_interests", "tax"));
  world.add_case(
      "XI-24", {"IS-07", "ID-07"}, "contacts", {choices},
      R"({"outcome":"created","finding":"value_not_an_option","note":"no option, archived option, a duplicate; nothing is dropped"})");
  world.add_case("XI-24", {"IS-07", "ID-07"}, "contacts", {label},
                 R"({"outcome":"created","note":"the option's label holds a semicolon"})");
}

/// What tests archive, restore, purge and change while a migration runs.
void edited_meanwhile(World& world) {
  const auto live = [&] { return world.contacts.claim(text("lifecycle_stage", "customer")); };
  const auto add = [&](std::uint64_t id, const char* note) {
    world.add_case("XI-26", {"S-08"}, "contacts", {id}, fmt::format(R"({{"note":"{}"}})", note));
  };
  add(live(), "archive it between run and delta");
  const std::uint64_t archived = world.contacts.claim_extra([now = world.now_ms](Draft& draft) {
    draft.text("lifecycle_stage", "customer");
    draft.archived_ms = now - 3 * day_ms;
  });
  add(archived, "archived: restore it between run and delta");
  add(live(), "purge it between run and delta");
  add(live(), "change only its associations");
  add(live(), "update it in the boundary second");
  std::vector<std::uint64_t> some{live(), live()};
  world.add_case("XI-27", {"S-08"}, "contacts", some,
                 R"({"note":"update these on every page fetch while paging updated_since"})");
}

void tags(World& world) {
  const std::uint64_t odd =
      world.contacts.claim([](Draft& draft) { draft.system.tags = R"(["32","35","36"])"; });
  const std::uint64_t twins =
      world.contacts.claim([](Draft& draft) { draft.system.tags = R"(["33","34"])"; });
  world.add_case(
      "XI-28", {"IS-12"}, "contacts", {odd},
      R"({"outcome":"created","fields":{"tags":["VIP; court","family, 👪"]},"note":"labels with separators, one of 120 characters"})");
  world.add_case(
      "XI-28", {"IS-12"}, "contacts", {twins},
      R"({"outcome":"created","fields":{"tags":["probate","Probate"]},"note":"two that differ by case"})");
}

void dirty_values(World& world) {
  const auto claim = [&](const char* property, const char* value) {
    return world.contacts.claim([property, value](Draft& draft) {
      draft.text("lifecycle_stage", "customer").text(property, value);
    });
  };
  world.add_case("XI-31", {"S-01"}, "contacts",
                 {claim("email", "anna.lund@northwind.example"),
                  claim("email", "Anna.Lund@Northwind.example")},
                 R"({"outcome":"created","finding":"duplicate_email"})");
  world.add_case(
      "XI-31", {"S-01"}, "contacts",
      {claim("email", "erik.dahl@northwind.example"),
       claim("additional_emails", "e.dahl@home.example;ERIK.DAHL@northwind.example")},
      R"({"outcome":"created","finding":"duplicate_email","note":"one in additional_emails"})");
  world.add_case("XI-31", {"S-01"}, "contacts",
                 {claim("email", "n/a"), claim("email", "a@b.example;c@d.example")},
                 R"({"outcome":"created","finding":"invalid_email"})");
  world.add_case("XI-31", {"S-01"}, "contacts", {claim("phone", "call my wife")},
                 R"({"outcome":"created","finding":"invalid_phone"})");
}

/// Of the kinds that lists of naughty strings collect; ours are made up.
void naughty_names(World& world) {
  std::vector<std::uint64_t> ids;
  for (const char* name : {"null",
                           "undefined",
                           "=cmd()",
                           "+1-1",
                           "@SUM(A1)",
                           "Zoe\u0301",
                           "Tab\tName",
                           "Line\nBreak",
                           "Control\x01Char",
                           "\u00A0Nbsp\u00A0",
                           "Family 👨‍👩‍👧",
                           "𝒜𝓃𝓃𝒶",
                           "\u202Eretro",
                           "O'Brien; DROP",
                           "<b>Bold</b>",
                           "ﬁne",
                           "\"quoted\"",
                           "back\\slash",
                           "%s%n",
                           "0"})
    ids.push_back(world.contacts.claim([name](Draft& draft) {
      draft.text("last_name", name).text("lifecycle_stage", "customer");
    }));
  world.add_case(
      "XI-32", {"S-01"}, "contacts", ids,
      R"({"outcome":"created","note":"last_name byte for byte; reports neutralise formula starts"})");
}

}  // namespace

void claim_contact_cases(World& world) {
  for (const auto part : {several_companies, lifecycles, prospect_with_won_deal, owners,
                          custom_values, edited_meanwhile, tags, dirty_values, naughty_names})
    part(world);
  for (const char* name : {"XI-30", "XI-33"})
    world.add_case(
        name, {name == std::string("XI-30") ? "G-INT-4" : "S-01"}, "", {},
        R"({"note":"behaviour of the connection, provoked by --token, faults and edits; no record of its own"})");
}

}  // namespace flit::sim::interactive
