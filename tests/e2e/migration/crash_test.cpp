// Kill -9 anywhere: the same command goes on, nothing is doubled, nothing is lost, and the end is
// the same as without the kill (design.md §1, invariants 1 and 2).

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "both_ends.hpp"

namespace flit::test {
namespace {

const BothEndsSettings small{.source = {"--generate", "contacts=40", "--seed", "7"}};

/// The commands of a migration in order; each may be killed and typed again.
const std::vector<std::vector<std::string>> way{
    {"inventory"},
    {"map", "propose"},
    {"map", "confirm", "--as", "Test"},
    {"plan"},
    {"approve", "plan", "--as", "Test"},
    {"plan", "apply", "--yes"},
    {"owners", "--fallback", "ada.berg@simulated.example"},
    {"approve", "owners", "--as", "Test"},
    {"preflight"},
    {"sample", "--size", "30"},
    {"diff"},
    {"approve", "sample", "--as", "Test"},
    {"run"},
    {"reconcile"}};

bool is_fine(const Finished& finished) {
  return finished.exit_code == 0 || finished.exit_code == 6;
}

/// What we wrote, and what the platform makes of it; not the instances of its own process flows,
/// which begin whenever a row is made.
std::map<std::string, std::string> rows_of(const Simulated& destination) {
  auto digests = destination.table_digests();
  std::erase_if(digests, [](const auto& table) { return table.first.ends_with("salesprocess"); });
  return digests;
}

/// Types a command that dies at `point`, and again until it does not; how often it died.
int type_through(const BothEnds& ends, const std::vector<std::string>& words,
                 const std::string& point) {
  Finished finished = ends.type(words, {"FLIT_CRASH_AT=" + point});
  if (is_fine(finished)) return 0;
  EXPECT_EQ(finished.exit_code, 128 + 9) << words.front() << " at " << point << "\n"
                                         << finished.err;
  finished = ends.type(words);
  EXPECT_TRUE(is_fine(finished)) << words.front() << " behind " << point << " ended with "
                                 << finished.exit_code << "\n"
                                 << finished.err;
  return 1;
}

void start(const BothEnds& ends) {
  ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
              "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
              "--tenant", "simulated", "--id", "9d1f0e52-8f3a-5b0e-9c64-0d5b7a6f1c11"});
}

/// Points of one migration, spread over its stages: each command dies once, at its k-th request or
/// commit.
struct Spread {
  const char* kind;
  int step;  ///< between the points of two commands
};

class KilledAnywhere : public testing::TestWithParam<Spread> {};

TEST_P(KilledAnywhere, EndsAsIfNothingHadHappened) {
  const BothEnds undisturbed(small);
  start(undisturbed);
  for (const auto& words : way) ASSERT_TRUE(is_fine(undisturbed.type(words))) << words.front();
  const auto expected = rows_of(undisturbed.destination);

  const BothEnds ends(small);
  const std::string before = ends.destination.digest();
  start(ends);
  int deaths = 0;
  int point = 1;
  for (const auto& words : way) {
    deaths += type_through(ends, words,
                           std::string(GetParam().kind) + ":" + std::to_string(1 + point % 23));
    point += GetParam().step;
  }

  EXPECT_GE(deaths, 4);
  EXPECT_EQ(rows_of(ends.destination), expected);
  const json::Document books = ends.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  const json::Document other = undisturbed.typed({"reconcile"});
  for (const json::Member count : other.root()["records"].members())
    EXPECT_EQ(books.root()["records"][count.key].as_integer(), count.value.as_integer())
        << count.key;
  EXPECT_EQ(ends.type({"audit", "verify"}).exit_code, 0);

  deaths += type_through(ends, {"rollback", "--yes", "--schema"},
                         std::string(GetParam().kind) + ":" + std::to_string(9));
  EXPECT_EQ(ends.destination.digest(), before);
}

INSTANTIATE_TEST_SUITE_P(Points, KilledAnywhere,
                         testing::Values(Spread{"request", 5}, Spread{"answer", 7},
                                         Spread{"commit", 3}, Spread{"committed", 11}),
                         [](const auto& point) { return std::string(point.param.kind); });

}  // namespace
}  // namespace flit::test
