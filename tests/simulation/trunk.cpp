#include "trunk.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "branch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {
namespace {

class Trunk {
 public:
  explicit Trunk(const TrunkSettings& settings)
      : world_({.data = settings.data, .inhabited = settings.inhabited}),
        poison_{settings.poisoned_row},
        inhabited_(settings.inhabited) {}

  World& world() { return world_; }

  ProcessEnd go(const Step& step) {
    ProcessEnd end = run_process(world_, step, {.poison = poison_}, story_);
    if (!end.bug.empty() || !end.ended.exit || end.died)
      throw std::runtime_error(
          fmt::format("undisturbed {}: {}{}", step.name, end.bug,
                      end.ended.exit ? std::string() : end.ended.exit.error().text()));
    if (inhabited_ && step.name == proposing) world_.let_matches_update();
    return end;
  }

 private:
  World world_;
  Poison poison_;
  bool inhabited_;
  Story story_;
};

DrillReport branch(World& world, const DrillSettings& drill, const Expected& expected) {
  const TemporaryDirectory folder;
  world.branch(folder.path(), drill.seed);
  return Drill(world, drill).run(expected);
}

}  // namespace

Expected undisturbed(const TrunkSettings& settings) {
  Trunk trunk(settings);
  Expected expected;
  expected.before = digests_of(trunk.world());
  expected.picture_before = picture_of(trunk.world());
  for (const Step& step : whole_way()) {
    if (step.name == turning_point) {
      expected.there = digests_of(trunk.world());
      expected.picture_there = picture_of(trunk.world());
    }
    ProcessEnd end = trunk.go(step);
    expected.exits.emplace(step.name, *end.ended.exit);
    expected.rows.insert(expected.rows.end(), end.rows.begin(), end.rows.end());
    if (step.name != turning_point) expected.books = std::move(end.ended.document);
  }
  if (digests_of(trunk.world()) != expected.before)
    throw std::runtime_error("undisturbed: the rollback left something");
  return expected;
}

void branch_off(const TrunkSettings& settings, std::span<const DrillSettings> drills,
                const Expected& expected, const Hear& hear) {
  Trunk trunk(settings);
  std::size_t left = drills.size();
  for (std::size_t step = 0; left > 0; ++step) {
    for (const DrillSettings& drill : drills) {
      if (drill.plan.begins_at != step) continue;
      --left;
      if (drills.size() == 1) return hear(drill.seed, branch(trunk.world(), drill, expected));
      hear(drill.seed, in_own_process([&] { return branch(trunk.world(), drill, expected); }));
    }
    if (left > 0) trunk.go(whole_way().at(step));
  }
}

}  // namespace flit::test
