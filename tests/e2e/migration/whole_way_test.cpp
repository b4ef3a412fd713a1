// The whole way as a person types it, from an empty folder to a report and back again, between real
// processes (mission.md, S-01 … S-11).

#include <cstdlib>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "both_ends.hpp"

namespace flit::test {
namespace {

class WholeWay : public testing::TestWithParam<const char*> {
 protected:
  /// FLIT_TEST_CONTACTS makes it longer: script/truth.
  static std::string size() {
    const char* contacts = std::getenv("FLIT_TEST_CONTACTS");
    return std::string("contacts=") + (contacts != nullptr ? contacts : "200");
  }

  BothEnds ends{{.source = {"--generate", size(), "--seed", GetParam()}}};
};

/// What this version reads and counts and does not move yet (ID-10, ID-11).
const std::set<std::string_view> waiting{"files", "matters", "c_asset", "c_trust"};

/// How many records of an object truth.json expects to end how.
std::map<std::string, std::int64_t> expected_outcomes(json::Value truth, std::string_view object) {
  std::map<std::string, std::int64_t> counts;
  std::int64_t rest = 0;
  for (const json::Member count : truth["counts"][object].members())
    if (count.key != "purged") rest += count.value.as_integer().value_or(0);
  const json::Value outcomes = truth["outcomes"][object];
  for (const json::Member except : outcomes["except"].members()) {
    ++counts[std::string(except.value["outcome"].string_or(""))];
    --rest;
  }
  counts[std::string(outcomes["default"]["outcome"].string_or(""))] += rest;
  return counts;
}

TEST_P(WholeWay, EndsAsTheTruthSaysAndCanBeTakenBack) {
  const std::string before = ends.destination.digest();
  ends.prepare();
  ends.sample();
  const json::Document run = ends.typed({"run"}, {0, 6});
  const json::Document books = ends.typed({"reconcile"});

  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  const json::Document truth = ends.source.ask("truth");
  for (const json::Member object : truth.root()["outcomes"].members()) {
    if (waiting.contains(object.key)) continue;
    for (const auto& [outcome, count] : expected_outcomes(truth.root(), object.key))
      EXPECT_EQ(books.root()["objects"][object.key][outcome].as_integer(), count)
          << object.key << " " << outcome;
  }

  const json::Document status = ends.typed({"status"});
  EXPECT_EQ(status.root().at_path("preflight.misses").as_integer(), 0);
  EXPECT_EQ(status.root().at_path("preflight.false_alarms").as_integer(), 0);
  ends.typed({"report"});
  EXPECT_TRUE(std::filesystem::exists(ends.project() / "out/handover/index.html"));

  ends.typed({"trace", "1001"});
  ends.typed({"audit", "show"});
  const json::Document back = ends.typed({"rollback", "--yes", "--schema"});
  EXPECT_EQ(back.root()["equal"].as_boolean(), true);
  EXPECT_EQ(ends.destination.digest(), before);
  ends.typed({"audit", "verify"});
  ends.expect_promised_shapes();
  EXPECT_EQ(ends.source.ask("stats").root()["writes_refused"].as_integer(), 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WholeWay, testing::Values("1", "2", "3"),
                         [](const auto& one) { return std::string("seed") + one.param; });

}  // namespace
}  // namespace flit::test
