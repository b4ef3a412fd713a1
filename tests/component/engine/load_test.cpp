// S-06 and S-07 on generated data, into the simulated Dataverse: what arrives, whatever happens on
// the way, is what truth.json expects.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/loader.hpp"
#include "engine/preflight.hpp"
#include "engine/sample.hpp"
#include "truth.hpp"
#include "world.hpp"

namespace flit::engine::test {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

const sim::interactive::GenerateSettings small_office{.contacts = 200, .seed = 4};

/// Read, prepared and checked: ready to be loaded.
std::unique_ptr<World> ready(const sim::interactive::GenerateSettings& generate = small_office) {
  auto world = std::make_unique<World>(generate);
  world->extract();
  world->prepare();
  const Migration migration = world->migration();
  const auto counts = Preflight(migration).run({});
  EXPECT_TRUE(counts) << counts.error().text();
  return world;
}

Result<LoadReport> load(World& world, LoaderSettings settings = {}) {
  const Migration migration = world.migration();
  return Loader(migration, std::move(settings)).run({});
}

std::string digest(World& world) {
  return world.dataverse().digest().digest();
}

/// What an undisturbed load of the small office comes to.
const std::string& undisturbed() {
  static const std::string made = [] {
    const auto world = ready();
    EXPECT_TRUE(load(*world));
    return digest(*world);
  }();
  return made;
}

std::vector<std::string> wrong_counts(const LoadReport& report) {
  std::vector<std::string> wrong;
  for (const RowCount& count : report.tables)
    if (count.expected != count.found)
      wrong.push_back(
          fmt::format("{}: {} expected, {} found", count.table, count.expected, count.found));
  return wrong;
}

TEST(Load, EverythingArrivesAsTruthExpectsAndNothingFailsThatWasNotForetold) {
  const auto world = ready({.contacts = 1000, .activities = 2000, .seed = 1});

  const auto report = load(*world);

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->counts.failed, 0U);
  EXPECT_THAT(wrong_counts(*report), IsEmpty());
  EXPECT_THAT(outcome_differences(*world), IsEmpty());
  EXPECT_THAT(findings_of(*world, "S-07"), IsEmpty());
  EXPECT_THAT(unfinished(*world), IsEmpty());
}

TEST(Load, LoadingAgainWritesNothingAndCountsNothing) {
  const auto world = ready();
  const auto first = load(*world);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_THAT(first->tables, Not(IsEmpty()));
  const std::string before = digest(*world);

  const auto again = load(*world);

  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->counts.done, 0U);
  EXPECT_EQ(again->counts.requests, 0U);
  EXPECT_THAT(again->tables, IsEmpty());
  EXPECT_EQ(digest(*world), before);
}

TEST(Load, ASampleThenTheRestComesToTheSame) {
  const auto world = ready();
  const Migration migration = world->migration();
  const auto sample = Sampling(migration).choose({.size = 120}, {});
  ASSERT_TRUE(sample) << sample.error().text();
  EXPECT_GE(sample->records, 100U);

  const auto first = load(*world, {.only_sampled = true, .stage = "S-06"});
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_GE(first->counts.done, sample->records);
  EXPECT_EQ(first->counts.failed, 0U);
  const auto rest = load(*world);

  ASSERT_TRUE(rest) << rest.error().text();
  EXPECT_THAT(rest->tables, Not(IsEmpty())) << "what was written since is counted";
  EXPECT_EQ(digest(*world), undisturbed());
}

TEST(Load, ASampleThatIsBegunAgainIsTheSameSample) {
  const auto world = ready();
  const Migration migration = world->migration();
  const auto sample = Sampling(migration).choose({.size = 60}, {});
  ASSERT_TRUE(sample) << sample.error().text();
  ASSERT_TRUE(load(*world, {.only_sampled = true, .stage = "S-06"}));

  const auto chosen_again = Sampling(migration).choose({.size = 60}, {});
  const auto loaded_again = load(*world, {.only_sampled = true, .stage = "S-06"});

  ASSERT_TRUE(chosen_again) << chosen_again.error().text();
  EXPECT_EQ(chosen_again->by_object, sample->by_object);
  EXPECT_EQ(chosen_again->links, sample->links);
  EXPECT_EQ(chosen_again->placeholders, sample->placeholders);
  ASSERT_TRUE(loaded_again) << loaded_again.error().text();
  EXPECT_EQ(loaded_again->counts.done, 0U);
}

TEST(Load, FaultsOnTheWayChangeNothing) {
  const auto world = ready();
  world->fail(R"([{"match":{"path":"CreateMultiple$"},"nth":2,"kind":"429","seconds":1},
                  {"match":{"path":"batch$"},"nth":3,"kind":"503"},
                  {"match":{"method":"POST"},"rate":0.1,"kind":"reset_after"},
                  {"match":{"method":"POST"},"rate":0.1,"kind":"reset_before"}])");

  const auto report = load(*world);

  ASSERT_TRUE(report) << report.error().text();
  world->fail("[]");
  EXPECT_EQ(digest(*world), undisturbed());
}

/// A process that dies at the n-th request, before or after the platform wrote, and starts again.
TEST(Load, DyingAnywhereEndsInTheSame) {
  const auto world = ready();
  int deaths = 0;
  for (int nth = 1; deaths < 60; nth = nth % 23 + 1) {
    world->fail(fmt::format(R"([{{"match":{{"method":"POST"}},"nth":{},"kind":"{}"}}])", nth,
                            nth % 2 == 0 ? "reset_after" : "reset_before"));
    world->restart({.attempts = 1});
    if (load(*world)) break;
    ++deaths;
  }
  world->fail("[]");
  world->restart({});
  const auto report = load(*world);

  ASSERT_TRUE(report) << report.error().text();
  EXPECT_GT(deaths, 10);
  EXPECT_THAT(wrong_counts(*report), IsEmpty());
  EXPECT_EQ(digest(*world), undisturbed());
}

}  // namespace
}  // namespace flit::engine::test
