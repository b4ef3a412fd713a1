// Custom objects: assets shared between contacts, trusts within trusts (XI-22).

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::uint64_t first_asset = 40'001;
constexpr std::uint64_t first_trust = 50'001;

Property property(std::string name, std::string label, PropertyType type) {
  Property made{.name = std::move(name), .label = std::move(label), .group = "custom"};
  made.type = type;
  made.custom = true;
  made.is_default = true;
  if (type == PropertyType::currency) made.scale = 2;
  return made;
}

RecordTable& make_asset_object(World& world) {
  ObjectSchema schema = custom_object("c_asset", "Asset", "Assets");
  schema.add(property("name", "Asset name", PropertyType::string));
  Property kind = property("kind", "Kind", PropertyType::enumeration);
  kind.options = {
      {"house", "House", 1, false}, {"account", "Account", 2, false}, {"boat", "Boat", 3, false}};
  schema.add(std::move(kind));
  schema.add(property("value", "Estimated value", PropertyType::currency));
  schema.add(property("acquired_on", "Acquired on", PropertyType::date));
  AssociationType type{"c_asset", "contacts", {{"owner", "Owner"}, {"beneficiary", "Beneficiary"}}};
  Property share = property("share", "Share", PropertyType::decimal);
  share.scale = 4;
  type.attributes = {share, property("since", "Since", PropertyType::date)};
  world.data.edges.push_back(std::make_unique<EdgeTable>(std::move(type)));
  return world.data.add_object(std::move(schema));
}

RecordTable& make_trust_object(World& world) {
  ObjectSchema schema = custom_object("c_trust", "Trust", "Trusts");
  schema.add(property("name", "Trust name", PropertyType::string));
  Property grantor = property("grantor_id", "Grantor", PropertyType::string);
  grantor.references = "contacts";
  schema.add(std::move(grantor));
  schema.add(property("revocable", "Revocable", PropertyType::boolean));
  world.data.edges.push_back(std::make_unique<EdgeTable>(
      AssociationType{"c_trust", "c_trust", {{"sub_trust", "Sub-trust of"}}}));
  world.data.edges.push_back(
      std::make_unique<EdgeTable>(AssociationType{"c_trust", "c_asset", {}}));
  return world.data.add_object(std::move(schema));
}

Draft start(const RecordTable& table, std::uint64_t id, std::int64_t created_ms) {
  Draft draft(table.schema());
  draft.id = id;
  draft.created_ms = draft.updated_ms = created_ms;
  draft.created_by = draft.updated_by = "7";
  return draft;
}

void make_assets(World& world, RecordTable& table, std::uint64_t count) {
  EdgeTable& owners = world.data.edge_table("c_asset", "contacts");
  Random random = world.dice("c_asset");
  constexpr std::string_view kinds[] = {"house", "account", "boat"};
  for (std::uint64_t n = 0; n < count; ++n) {
    Draft draft =
        start(table, first_asset + n, world.start_ms + static_cast<std::int64_t>(n) * hour_ms);
    draft.text("name", fmt::format("{} {}", random.pick(words::streets), n + 1));
    draft.text("kind", kinds[random.below(3)]);
    draft.text("value", fmt::format("{}.50", 1'000 + random.below(900'000)));
    draft.text("acquired_on", fmt::format("20{:02}-05-17", 5 + random.below(15)));
    table.append(draft);
    if (world.contacts.plain_count() < 2) continue;
    const std::uint64_t contact = random.next();
    const std::string attributes = R"({"share":"0.5","since":"2015-03-01"})";
    owners.add({.from = draft.id,
                .to = world.contacts.plain(contact),
                .label = "owner",
                .created_ms = draft.created_ms,
                .attributes = attributes});
    if (n % 3 == 0)
      owners.add({.from = draft.id,
                  .to = world.contacts.plain(contact + 1),
                  .label = "owner",
                  .created_ms = draft.created_ms,
                  .attributes = attributes});
  }
}

void make_trusts(World& world, RecordTable& table, std::uint64_t count) {
  EdgeTable& parts = world.data.edge_table("c_trust", "c_trust");
  EdgeTable& assets = world.data.edge_table("c_trust", "c_asset");
  Random random = world.dice("c_trust");
  for (std::uint64_t n = 0; n < count; ++n) {
    Draft draft =
        start(table, first_trust + n, world.start_ms + static_cast<std::int64_t>(n) * hour_ms);
    draft.text("name", fmt::format("{} family trust", random.pick(words::last_names)));
    if (world.contacts.plain_count() != 0)
      draft.text("grantor_id", id_text(world.contacts.plain(random.next())));
    draft.flag("revocable", random.one_in(2));
    table.append(draft);
    assets.add({.from = draft.id, .to = first_asset + n, .created_ms = draft.created_ms});
    if (n % 4 == 1)
      parts.add({.from = draft.id,
                 .to = draft.id - 1,
                 .label = "sub_trust",
                 .created_ms = draft.created_ms});
  }
}

/// The same pair under two labels, a trust that is part of itself, an edge to a purged contact.
void add_cases(World& world) {
  EdgeTable& owners = world.data.edge_table("c_asset", "contacts");
  EdgeTable& parts = world.data.edge_table("c_trust", "c_trust");
  const std::int64_t at = world.start_ms + day_ms;
  const std::uint64_t contact = world.contacts.plain(1);
  const std::uint64_t purged = world.data.purged.at("contacts").front();
  for (const std::string_view label : {"owner", "beneficiary"})
    owners.add({.from = first_asset + 2,
                .to = contact,
                .label = label,
                .created_ms = at,
                .attributes = R"({"share":"0.25","since":"2016-01-01"})"});
  owners.add({.from = first_asset + 4, .to = purged, .label = "owner", .created_ms = at});
  parts.add(
      {.from = first_trust + 2, .to = first_trust + 2, .label = "sub_trust", .created_ms = at});
  world.add_case(
      "XI-22", {"ID-11", "IS-09"}, "c_asset", {first_asset + 2},
      R"({"outcome":"created","note":"the same contact under two labels: two junction rows"})");
  world.add_case(
      "XI-22", {"ID-11", "IS-09"}, "c_asset", {first_asset + 4},
      fmt::format(
          R"({{"outcome":"created","finding":"broken_reference","note":"edge to purged contact {} is skipped"}})",
          purged));
  world.add_case("XI-22", {"ID-11", "IS-09"}, "c_trust", {first_trust + 2},
                 R"({"outcome":"created","note":"an edge to itself"})");
}

}  // namespace

void make_custom_objects(World& world) {
  RecordTable& assets = make_asset_object(world);
  RecordTable& trusts = make_trust_object(world);
  const bool cases = world.settings.has_cases();
  const std::uint64_t count = world.settings.contacts / 10;
  make_assets(world, assets, count);
  make_trusts(world, trusts, count / 2);
  if (cases) add_cases(world);
}

}  // namespace flit::sim::interactive
