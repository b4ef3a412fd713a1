// What has been merged, archived or purged: XI-25, and the ordinary shares of each.

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

std::uint64_t claim_loser(World& world, std::uint64_t into) {
  return world.contacts.claim_extra([into, now = world.now_ms](Draft& draft) {
    draft.archived_ms = now - 30 * day_ms + static_cast<std::int64_t>(draft.id);
    draft.system.merged_into = json_text(id_text(into));
  });
}

void won_over(World& world, std::uint64_t winner, std::uint64_t loser) {
  world.contacts.change(winner, [loser](Draft& draft) {
    std::string& ids = draft.system.merged_ids;
    const std::string id = json_text(id_text(loser));
    if (ids.empty())
      ids = '[' + id + ']';
    else
      ids.insert(ids.size() - 1, ',' + id);
  });
}

void chain_and_loop(World& world) {
  const std::uint64_t live =
      world.contacts.claim([](Draft& draft) { draft.text("lifecycle_stage", "customer"); });
  const std::uint64_t middle = claim_loser(world, live);
  const std::uint64_t last = claim_loser(world, middle);
  won_over(world, live, middle);
  won_over(world, middle, last);
  world.add_case(
      "XI-25", {"S-08"}, "contacts", {last, middle},
      fmt::format(
          R"({{"outcome":"merged","fields":{{"into":"{}"}},"note":"a chain; asked by id, both answer with {}"}})",
          live, live));
  // each was merged into the other: the data are corrupt
  const std::uint64_t one = claim_loser(world, 0);
  const std::uint64_t other = claim_loser(world, one);
  world.contacts.change(
      one, [other](Draft& draft) { draft.system.merged_into = json_text(id_text(other)); });
  world.add_case("XI-25", {"S-08"}, "contacts", {one, other},
                 R"({"outcome":"skipped","reason":"merge_loop","finding":"merge_loop"})");
  world.without_company.insert({middle, last, one, other});
}

void purge(World& world) {
  for (int n = 0; n < 3; ++n) {
    const std::uint64_t id = world.contacts.claim_extra([](Draft& draft) { draft.created_ms = 0; });
    world.data.purged["contacts"].push_back(id);
  }
  const std::uint64_t gone = world.data.purged["contacts"].back();
  const std::uint64_t loser = claim_loser(world, gone);
  world.without_company.insert(loser);
  world.add_case(
      "XI-25", {"S-08"}, "contacts", {loser},
      R"({"outcome":"skipped","reason":"merge_target_purged","finding":"merge_target_purged"})");
}

void archive_some(World& world, Plan& plan, std::uint64_t count) {
  for (std::uint64_t n = 0; n < count; ++n)
    plan.claim_extra([now = world.now_ms](Draft& draft) {
      draft.archived_ms = now - 80 * day_ms + static_cast<std::int64_t>(draft.id % 70) * day_ms;
    });
}

}  // namespace

void claim_merge_cases(World& world) {
  chain_and_loop(world);
  purge(world);
  for (std::uint64_t n = 0; n < world.settings.contacts / 250; ++n) {
    const std::uint64_t winner = world.contacts.claim();
    const std::uint64_t loser = claim_loser(world, winner);
    world.without_company.insert(loser);
    won_over(world, winner, loser);
  }
  archive_some(world, world.contacts, world.settings.contacts / 50);
  archive_some(world, world.companies, world.settings.company_count() / 100);
  archive_some(world, world.deals, world.settings.deal_count() / 100);
  archive_some(world, world.calls, 3);
  archive_some(world, world.notes, 2);
}

}  // namespace flit::sim::interactive
