// Matters: one client, ordinary ones without a spouse (pairs are cases, XI-29).

#include <fmt/format.h>

#include "base/time.hpp"
#include "sim/interactive/generate/parts.hpp"
#include "sim/interactive/generate/words.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::string_view types[] = {"estate_plan", "trust_admin", "probate", "elder_law",
                                      "business"};

std::string date_text(std::int64_t ms) {
  return format_date(utc_date_of(Instant(std::chrono::milliseconds(ms))));
}

}  // namespace

void make_matters(World& world) {
  RecordTable& table = world.data.require("matters");
  EdgeTable& contacts = world.data.edge_table("matters", "contacts");
  Random random = world.dice("matters");
  for (std::uint64_t id = world.matters.first_id(); id < world.matters.end_id(); ++id) {
    Draft draft = world.draft(table, world.matters, id, random);
    const bool closed = random.one_in(2);
    const std::uint64_t client =
        world.contacts.plain_count() != 0 ? world.contacts.plain(random.next()) : 0;
    draft.text("name", fmt::format("{} matter", random.pick(words::last_names)));
    draft.text("matter_number", fmt::format("2020-{:05}", id));
    draft.text("matter_type", random.pick(words::list(types)));
    draft.text("status", closed ? "closed" : "open").text("pairing", "single");
    draft.text("client_id", id_text(client));
    draft.text("opened_on", date_text(draft.created_ms));
    if (closed) draft.text("closed_on", date_text(draft.created_ms + 120 * day_ms));
    draft.text("fee", id_text(500 + random.below(9'000)));
    draft.json("responsible_id", world.pick_owner(random));
    if (!world.matters.is_claimed(id))
      contacts.add({.from = id, .to = client, .created_ms = draft.created_ms + second_ms});
    world.matters.apply(draft);
    if (draft.created_ms != 0) table.append(draft);
  }
}

}  // namespace flit::sim::interactive
