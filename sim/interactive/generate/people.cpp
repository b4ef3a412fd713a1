// Ordinary contacts and companies, and the edges between them.

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::string_view lifecycles[] = {"customer", "customer",    "customer", "active",
                                           "active",   "opportunity", "lead",     "prospect",
                                           "mql",      "customer"};
constexpr std::string_view statuses[] = {"prospect", "lead",     "active",
                                         "active",   "inactive", "former"};
constexpr std::string_view sources[] = {"website", "referral", "event", "advertising", "partner"};

std::string phone(Random& random, const words::Place& place) {
  const std::uint64_t line = 100 + random.below(100);  // 555-0100 to 0199 belong to nobody
  switch (random.below(4)) {
    case 0:
      return fmt::format("({}) 555-0{}", place.area_code, line);
    case 1:
      return fmt::format("+1 {} 555 0{}", place.area_code, line);
    case 2:
      return fmt::format("{}-555-0{} ext. {}", place.area_code, line, 1 + random.below(90));
    default:
      return fmt::format("+1{}5550{}", place.area_code, line);
  }
}

void set_address(Draft& draft, Random& random, const words::Place& place) {
  draft.text("street", fmt::format("{} {}", 1 + random.below(990), random.pick(words::streets)));
  draft.text("city", place.city).text("state", place.state);
  draft.text("postal_code", place.postal_code).text("country", "United States");
}

void set_person(Draft& draft, Random& random) {
  const std::string_view first = random.pick(words::first_names);
  const std::string_view last = random.pick(words::last_names);
  const words::Place& place = random.pick(words::places);
  draft.text("first_name", first).text("last_name", last);
  // the id keeps addresses apart: duplicates are cases, not accidents
  draft.text("email", fmt::format("{}.{}@mail.example", text::slug(first), draft.id));
  draft.text("phone", phone(random, place));
  if (random.one_in(3)) draft.text("mobile_phone", phone(random, place));
  if (random.one_in(2)) draft.text("job_title", random.pick(words::job_titles));
  set_address(draft, random, place);
}

void set_standing(Draft& draft, Random& random) {
  const std::string_view lifecycle = random.pick(words::list(lifecycles));
  draft.text("lifecycle_stage", lifecycle);
  draft.text("status", random.pick(words::list(statuses)));
  if (lifecycle == "customer" || lifecycle == "active")
    draft.instant("became_customer_at", draft.created_ms + 5 * day_ms);
  if (random.one_in(2)) draft.text("lead_source", random.pick(words::list(sources)));
  if (random.one_in(4)) draft.number("score", static_cast<std::int64_t>(random.below(100)));
  draft.flag("email_opt_out", random.one_in(10)).flag("do_not_call", random.one_in(20));
  if (random.one_in(3))
    draft.number("birth_date",
                 static_cast<std::int64_t>(random.below(18'000)) * day_ms - 8'000 * day_ms);
  if (random.one_in(8)) draft.json("consent", R"({"gdpr":{"basis":"contract","at":"2020-05-01"}})");
}

/// 8 % have no company (XI-01), 15 % have a second one.
void add_company_edges(World& world, EdgeTable& edges, const Draft& draft, Random& random) {
  if (world.companies.plain_count() == 0 || world.without_company.contains(draft.id)) return;
  const bool plain = !world.contacts.is_claimed(draft.id);
  const std::uint64_t slot = draft.id % 25;
  const std::uint64_t company = random.next();
  const std::uint64_t second = random.below(100);
  if (draft.created_ms == 0 || draft.archived_ms != 0 || (plain && (slot == 3 || slot == 14)))
    return;
  edges.add({.from = draft.id,
             .to = world.companies.plain(company),
             .label = "employer",
             .primary = true,
             .created_ms = draft.created_ms + second_ms});
  if (plain && second < 15)
    edges.add({.from = draft.id,
               .to = world.companies.plain(company + 1),
               .label = second < 8 ? "consultant" : "board_member",
               .created_ms = draft.created_ms + 2 * second_ms});
}

void add_tags(Draft& draft, Random& random) {
  if (random.one_in(5)) draft.system.tags = fmt::format("[\"{}\"]", 11 + random.below(20));
}

}  // namespace

void make_contacts(World& world) {
  RecordTable& table = world.data.require("contacts");
  EdgeTable& edges = world.data.edge_table("contacts", "companies");
  Random random = world.dice("contacts");
  std::vector<std::uint64_t> alone;
  for (std::uint64_t id = world.contacts.first_id(); id < world.contacts.end_id(); ++id) {
    Draft draft = world.draft(table, world.contacts, id, random);
    set_person(draft, random);
    set_standing(draft, random);
    draft.json("owner_id", world.pick_owner(random));
    add_tags(draft, random);
    if (!world.contacts.is_claimed(id) && (id % 25 == 3 || id % 25 == 14) && alone.size() < 20)
      alone.push_back(id);
    world.contacts.apply(draft);
    add_company_edges(world, edges, draft, random);
    if (draft.created_ms != 0) table.append(draft);
  }
  if (world.settings.has_cases())
    world.add_case("XI-01", {"ID-01", "IS-01"}, "contacts", alone,
                   R"({"fields":{"company":null},"note":"under the fallback account"})");
}

void make_companies(World& world) {
  RecordTable& table = world.data.require("companies");
  Random random = world.dice("companies");
  const auto& industries =
      table.schema().properties()[*table.schema().index_of("industry")].options;
  for (std::uint64_t id = world.companies.first_id(); id < world.companies.end_id(); ++id) {
    Draft draft = world.draft(table, world.companies, id, random);
    const words::Place& place = random.pick(words::places);
    const std::string_view name = random.pick(words::firm_names);
    draft.text("name", fmt::format("{} {} {}", name, random.pick(words::firm_kinds), id));
    draft.text("domain", fmt::format("{}{}.example", text::slug(name), id));
    draft.text("industry", industries[random.below(industries.size())].value);
    draft.text("phone", phone(random, place));
    set_address(draft, random, place);
    if (random.one_in(2))
      draft.text("annual_revenue",
                 fmt::format("{}.{}", 1 + random.below(9'000'000), random.below(99)));
    if (random.one_in(2))
      draft.number("employees", 1 + static_cast<std::int64_t>(random.below(5'000)));
    if (random.one_in(3))
      draft.number("founded_year", 1900 + static_cast<std::int64_t>(random.below(120)));
    draft.json("owner_id", world.pick_owner(random));
    // one in ten belongs to an earlier one, so that hierarchies are no rarity
    if (!world.companies.is_claimed(id) && random.one_in(10) && id > world.companies.first_plain())
      draft.text("parent_company_id", id_text(world.companies.first_plain() +
                                              random.below(id - world.companies.first_plain())));
    world.companies.apply(draft);
    if (draft.created_ms != 0) table.append(draft);
  }
}

}  // namespace flit::sim::interactive
