// The gotchas of both platforms, checked on generated data: what they say must be what the data was
// made with.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "both_sides.hpp"
#include "engine/checks/check.hpp"
#include "engine/profile.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

class Checks : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    staged = std::make_unique<test::StagedSource>(
        sim::interactive::GenerateSettings{.contacts = 200, .seed = 7});
    truth = staged->truth();
    const mapping::Locale locale{.zone = Zone::find("UTC").value(), .currency = "USD"};
    ASSERT_TRUE(Profile(staged->environment(), {staged->path(), staged->schema(), locale}).run({}));
    const auto facts = staged->source().facts({});
    ASSERT_TRUE(facts);
    const CheckInputs inputs{.environment = staged->environment(),
                             .path = staged->path(),
                             .source_schema = staged->schema(),
                             .source = *facts,
                             .destination = {.edition = "enterprise"},
                             .files = &staged->source()};
    auto ran = run_checks(inputs, {});
    ASSERT_TRUE(ran) << ran.error().text();
    results = std::move(*ran);
  }
  static void TearDownTestSuite() { staged.reset(); }

  static const CheckResult& of(const std::string& id) {
    const auto found = std::find_if(results.begin(), results.end(),
                                    [&](const CheckResult& one) { return one.id == id; });
    if (found == results.end()) throw std::runtime_error("no check " + id);
    return *found;
  }

  static std::unique_ptr<test::StagedSource> staged;
  static json::Document truth;
  static std::vector<CheckResult> results;
};
std::unique_ptr<test::StagedSource> Checks::staged;
json::Document Checks::truth;
std::vector<CheckResult> Checks::results;

TEST_F(Checks, AllOfThePathRunAndAreKept) {
  ASSERT_EQ(results.size(), staged->path().checks.size());
  for (const CheckResult& one : results) {
    EXPECT_FALSE(one.title.empty()) << one.id;
    EXPECT_FALSE(one.found.empty()) << one.id;
    EXPECT_TRUE(one.verdict != CheckVerdict::blocker || !one.remedy.empty()) << one.id;
  }

  const auto kept = kept_checks(staged->environment());
  ASSERT_TRUE(kept);
  EXPECT_EQ(checks_json(*kept), checks_json(results));
}

TEST_F(Checks, ClausesAreCountedAndListed) {
  EXPECT_EQ(of("G-INT-1").total, 1840U);
  EXPECT_EQ(of("G-INT-1").items.size(), CheckResult::most_items);
  EXPECT_EQ(of("G-INT-1").found,
            "1840 clauses, 1803 of them the vendor's and 37 your own; none can be exported.");
}

TEST_F(Checks, PairsAreThoseThatTheMattersName) {
  const std::size_t linked = truth.root()["spouses"].size();

  EXPECT_EQ(of("G-INT-2").verdict, CheckVerdict::warning);
  EXPECT_TRUE(of("G-INT-2").found.starts_with(std::to_string(linked) + " pairs of spouses"))
      << of("G-INT-2").found;
}

TEST_F(Checks, AnswerFilesWithoutTemplatesAreNamed) {
  std::set<std::string> expected;
  for (const json::Value one : truth.root()["findings"].elements())
    if (one["code"].string_or("") == "hotdocs_without_template")
      for (const json::Value id : one["ids"].elements()) expected.emplace(id.string_or(""));
  std::set<std::string> named;
  ASSERT_TRUE(
      staged->environment().ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(findings, store::findings(reader, "G-INT-3"));
        for (const store::Finding& finding : findings)
          FLIT_TRY_VOID(
              store::finding_records(reader, finding, [&](std::string_view id) -> Result<void> {
                named.emplace(id);
                return {};
              }));
        return {};
      }));

  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(named, expected);
}

TEST_F(Checks, WhatTheSourceLacksIsNamed) {
  EXPECT_GT(of("G-INT-4").total, 0U);
  EXPECT_EQ(of("G-INT-5").verdict, CheckVerdict::warning);
}

TEST_F(Checks, WithoutAPlanOrOwnersTheWayIsBlocked) {
  EXPECT_EQ(of("G-D365-3").verdict, CheckVerdict::blocker);
  EXPECT_EQ(of("G-D365-5").verdict, CheckVerdict::blocker);
  EXPECT_EQ(of("G-D365-1").verdict, CheckVerdict::passed);
}

TEST_F(Checks, AnIdThatNoCheckHasIsASetUpError) {
  packs::PathPack path = staged->path();
  path.checks = {"G-INT-9"};

  const auto ran = run_checks({.environment = staged->environment(),
                               .path = path,
                               .source_schema = staged->schema(),
                               .source = {},
                               .destination = {}},
                              {});

  ASSERT_FALSE(ran);
  EXPECT_EQ(ran.error().fault, Fault::setup);
  EXPECT_FALSE(ran.error().remedy.empty());
}

}  // namespace
}  // namespace flit::engine
