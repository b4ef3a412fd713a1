// Awkward hierarchies of companies: XI-06, XI-07.

#include <fmt/format.h>

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

namespace {

void set_parent(World& world, std::uint64_t child, std::uint64_t parent) {
  world.companies.change(
      child, [parent](Draft& draft) { draft.text("parent_company_id", id_text(parent)); });
}

void odd_parents(World& world) {
  const std::uint64_t child = world.companies.claim();
  const std::uint64_t parent = world.companies.claim();
  set_parent(world, child, parent);
  world.add_case(
      "XI-06", {"ID-04"}, "companies", {child},
      fmt::format(
          R"({{"outcome":"created","fields":{{"parent":"{}"}},"note":"the parent has the higher id"}})",
          parent));
  const std::uint64_t lost = world.companies.claim();
  world.companies.change(lost, [](Draft& draft) { draft.text("parent_company_id", "999999999"); });
  world.add_case("XI-06", {"ID-04"}, "companies", {lost},
                 R"({"outcome":"created","fields":{"parent":null},"finding":"broken_reference"})");
  const std::uint64_t archived = world.companies.claim_extra([now = world.now_ms](Draft& draft) {
    draft.text("name", "Archived Parent Inc.");
    draft.archived_ms = now - 40 * day_ms;
  });
  const std::uint64_t orphan = world.companies.claim();
  set_parent(world, orphan, archived);
  world.add_case(
      "XI-06", {"ID-04"}, "companies", {orphan},
      fmt::format(
          R"({{"outcome":"created","fields":{{"parent":"{}"}},"note":"a placeholder stays, named Archived Parent Inc., tagged"}})",
          archived));
}

void deep_chain(World& world) {
  constexpr int depth = 12;
  std::vector<std::uint64_t> chain;
  for (int n = 0; n < depth; ++n) {
    chain.push_back(world.companies.claim());
    if (n > 0) set_parent(world, chain[chain.size() - 1], chain[chain.size() - 2]);
  }
  world.add_case("XI-06", {"ID-04"}, "companies", chain,
                 R"({"outcome":"created","note":"a chain of twelve, top first"})");
}

/// Cut at the edge that leaves the numerically highest id (facts/sources.md §1.11).
void cycle(World& world, std::size_t length) {
  std::vector<std::uint64_t> ids(length);
  for (std::uint64_t& id : ids) id = world.companies.claim();
  for (std::size_t n = 0; n < ids.size(); ++n) set_parent(world, ids[n], ids[(n + 1) % ids.size()]);
  world.add_case(
      "XI-07", {"ID-04"}, "companies", ids,
      fmt::format(
          R"({{"outcome":"created","finding":"hierarchy_cycle","target":{{"dataverse":"account","salesforce":"Account"}},"fields":{{"cut_from":"{}","cut_to":"{}"}},"note":"cut edge {}→{}"}})",
          ids.back(), ids.front(), ids.back(), ids.front()));
}

}  // namespace

void claim_company_cases(World& world) {
  odd_parents(world);
  deep_chain(world);
  for (const std::size_t length : {1U, 2U, 5U}) cycle(world, length);
}

}  // namespace flit::sim::interactive
