// Owners, pipelines, modules, the clause library, tags, workflows.

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::uint64_t first_owner = 31;
constexpr std::uint64_t owner_count = 40;  // facts/sources.md §1.11

Owner owner_of(const World& world, std::uint64_t id) {
  Owner owner;
  owner.id = id;
  owner.user_id = id_text(id - 24);
  owner.first_name = words::first_names[(id * 7) % words::first_names.size()];
  owner.last_name = words::last_names[(id * 3) % words::last_names.size()];
  owner.email = fmt::format("{}.{}@firm.example", text::slug(owner.first_name), id);
  owner.teams = {id % 2 == 0 ? "Intake" : "Estate planning"};
  owner.created_ms = world.start_ms + static_cast<std::int64_t>(id) * day_ms;
  owner.updated_ms = owner.created_ms + 200 * day_ms;
  return owner;
}

void make_special(World& world, Owner& owner, std::uint64_t n) {
  auto& special = world.special_owners;
  switch (n) {
    case 0:
      special.inactive = owner.id;
      owner.active = false;
      return;
    case 1:
      special.unmatched = owner.id;
      owner.email = "contractor@elsewhere.example";
      return;
    case 2:
      special.no_email = owner.id;
      owner.email.clear();
      return;
    case 3:
      special.upper_case = owner.id;
      owner.email =
          fmt::format("{}@FIRM.Example", text::upper(owner.first_name) + id_text(owner.id));
      return;
    case 4:
      special.shared_inactive = owner.id;
      owner.active = false;
      owner.email = "reception@firm.example";
      return;
    case 5:
      special.shared_successor = owner.id;
      owner.email = "reception@firm.example";
      return;
    case 6:
      special.queue = owner.id;
      owner.type = "queue";
      owner.first_name = "Intake";
      owner.last_name = "queue";
      owner.user_id.clear();
      owner.email.clear();
      return;
    default:
      return;
  }
}

Stage stage(std::string id, std::string label, int order, std::string probability,
            std::string forecast) {
  return {.id = std::move(id),
          .label = std::move(label),
          .order = order,
          .probability = std::move(probability),
          .forecast_category = std::move(forecast),
          .won = false};
}

Stage closing(std::string id, std::string label, int order, bool won) {
  Stage made =
      stage(std::move(id), std::move(label), order, won ? "1" : "0", won ? "closed" : "omitted");
  made.closed = true;
  made.won = won;
  return made;
}

}  // namespace

void make_owners(World& world) {
  const bool cases = world.settings.has_cases();
  for (std::uint64_t n = 0; n < owner_count; ++n) {
    Owner owner = owner_of(world, first_owner + n);
    if (cases) make_special(world, owner, n);
    world.data.owners.push_back(std::move(owner));
  }
  world.special_owners.deleted = first_owner + owner_count + 8;
  world.first_ordinary_owner = first_owner + (cases ? 7 : 0);
  world.ordinary_owners = owner_count - (cases ? 7 : 0);
}

void make_pipelines(World& world) {
  Pipeline estate{.id = "1", .label = "Estate planning", .order = 1};
  estate.stages = {stage("11", "Intake", 1, "0.1", "pipeline"),
                   stage("12", "Review", 2, "0.3", "pipeline"),
                   stage("13", "Drafting", 3, "0.6", "best_case"),
                   closing("14", "Signed", 4, true),
                   closing("15", "Lost", 5, false),
                   stage("16", "Old review", 6, "0.25", "pipeline")};
  estate.stages.back().archived = true;
  Pipeline probate{.id = "2", .label = "Probate", .order = 2};
  // the same labels again, a tie in the order, a gap, a stage without probability, one "Abandoned"
  probate.stages = {stage("21", "Intake", 1, "0.2", "pipeline"),
                    stage("22", "Filing", 2, "0.4", "commit"),
                    stage("23", "Hearing", 2, "", ""),
                    closing("24", "Signed", 7, true),
                    closing("25", "Lost", 8, false),
                    closing("26", "Abandoned", 9, false)};
  probate.stages.back().won.reset();
  Pipeline legacy{.id = "3", .label = "Before 2018", .order = 3, .archived = true};
  legacy.stages = {stage("31", "Open", 1, "0.5", "pipeline"), closing("32", "Done", 2, true),
                   closing("33", "Dropped", 3, false)};
  world.data.pipelines = {estate, probate, legacy};
}

void make_modules(World& world) {
  // hotdocs is missing from what the edition "firm" comes with, wealthdocx is not part of it
  for (Module& module : modules_of_edition("firm"))
    if (module.key != "hotdocs") world.data.modules.push_back(std::move(module));
  world.data.modules.push_back({"wealthdocx", "WealthDocx", true, "elder_counsel", "ec_drafting"});
  if (world.settings.has_cases())
    world.add_case(
        "XI-29", {"G-INT-5"}, "modules", {},
        R"({"finding":"modules_differ","fields":{"missing":"hotdocs","unexpected":"wealthdocx"}})");
}

void make_clauses(World& world) {
  constexpr std::size_t total = 1'840;  // facts/sources.md §1.10
  constexpr std::size_t own = 37;
  constexpr std::string_view categories[] = {"Trusts", "Wills", "Powers of attorney", "Tax"};
  constexpr std::string_view places[] = {"NY", "CA", "FL", "TX", "IL"};
  for (std::size_t i = 0; i < total; ++i)
    world.data.clauses.push_back({.id = fmt::format("c-{}", i + 1),
                                  .title = fmt::format("{} clause {}", categories[i % 4], i + 1),
                                  .category = std::string(categories[i % 4]),
                                  .jurisdiction = std::string(places[i % 5]),
                                  .version = static_cast<int>(1 + i % 9),
                                  .own = i % 49 == 0 && i / 49 < own});
  if (world.settings.has_cases())
    world.add_case(
        "XI-29", {"G-INT-1"}, "clauses", {},
        R"({"outcome":"skipped","finding":"proprietary_clauses","fields":{"total":1840,"own":37}})");
}

void make_tags(World& world) {
  const std::uint64_t count = world.settings.many_tags ? 510 : 40;
  for (std::uint64_t n = 0; n < count; ++n) {
    Tag tag{.id = 11 + n, .label = fmt::format("Tag {}", n + 1)};
    if (n == 21) tag.label = "VIP; court";
    if (n == 22) tag.label = "probate";
    if (n == 23) tag.label = "Probate";
    if (n == 24) tag.label = "family, 👪";
    if (n == 25) tag.label = std::string(120, 'x');
    tag.objects = {"contacts", "deals"};
    tag.usage = 10 + n;
    tag.updated_ms = world.start_ms + static_cast<std::int64_t>(n) * day_ms;
    world.data.tags.push_back(std::move(tag));
  }
}

void make_workflows(World& world) {
  const std::string times =
      R"("created_at":"2023-01-10T10:00:00.000Z","updated_at":"2025-02-01T10:00:00.000Z")";
  const auto add = [&](std::uint64_t id, std::string_view rest) {
    world.data.workflows.push_back({id, fmt::format("{{\"id\":\"{}\",{},{}}}", id, rest, times)});
  };
  add(60,
      R"("name":"New lead routing","object":"contacts","active":true,"type":"workflow","trigger":{"kind":"property_changed","property":"lifecycle_stage","to":["lead"]},"conditions":{"all":[{"property":"country","operator":"in","values":["US"]}]},"actions":[{"order":1,"kind":"set_owner","owner_id":"40"},{"order":2,"kind":"delay","minutes":1440},{"order":3,"kind":"send_email","template_id":"77"},{"order":4,"kind":"branch","if":{"property":"score","operator":"gte","value":50},"then":[5],"else":[]},{"order":5,"kind":"create_task","subject":"Call {{first_name}}"}],"stats":{"enrolled":1204})");
  add(61,
      R"("name":"Old birthday mail","object":"contacts","active":false,"type":"workflow","trigger":{"kind":"date","property":"birth_date"},"conditions":{},"actions":[{"order":1,"kind":"send_email","template_id":"12"}],"stats":{"enrolled":88})");
  add(62,
      R"("name":"Probate reminder sequence","object":"deals","active":true,"type":"sequence","trigger":{"kind":"manual"},"conditions":{},"actions":[{"order":1,"kind":"send_email","template_id":"31"},{"order":2,"kind":"delay","minutes":4320},{"order":3,"kind":"create_task","subject":"Check the docket"}],"stats":{"enrolled":19})");
  add(63,
      fmt::format(
          R"("name":"Hand over","object":"deals","active":true,"type":"workflow","trigger":{{"kind":"property_changed","property":"stage_id","to":["14"]}},"conditions":{{}},"actions":[{{"order":1,"kind":"set_owner","owner_id":"{}"}},{{"order":2,"kind":"fax_court","number":"555-0100"}}],"stats":{{"enrolled":3}})",
          world.special_owners.deleted));
  if (!world.settings.has_cases()) return;
  world.add_case(
      "XI-34", {"ID-13"}, "workflows", {61, 62, 63},
      R"({"target":null,"deliverable":"workflows.json","note":"inactive; sequence; dead owner and unknown action kind"})");
}

}  // namespace flit::sim::interactive
