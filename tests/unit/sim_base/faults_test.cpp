#include "sim/base/faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flit::sim {
namespace {

using testing::HasSubstr;

FaultInjector injector(std::string text) {
  return FaultInjector(7, parse_faults("faults.json", std::move(text)).value());
}

std::string refusal(std::string text) {
  const auto rules = parse_faults("faults.json", std::move(text));
  return rules ? "accepted" : rules.error().text();
}

TEST(Faults, StrikeOnlyTheNthMatchingRequest) {
  auto faults = injector(
      R"([{"match": {"method": "POST", "path": "CreateMultiple$"}, "nth": 2, "kind": "reset_after"}])");
  const std::string path = "/api/data/v9.2/accounts/Microsoft.Dynamics.CRM.CreateMultiple";

  EXPECT_EQ(faults.strike("POST", path), std::nullopt);
  EXPECT_EQ(faults.strike("GET", path), std::nullopt);
  EXPECT_EQ(faults.strike("POST", "/api/data/v9.2/accounts"), std::nullopt);
  EXPECT_EQ(faults.strike("POST", path), InjectedFault{.kind = FaultKind::reset_after});
  EXPECT_EQ(faults.strike("POST", path), std::nullopt);
}

TEST(Faults, WithoutNthAndRateStrikeAlways) {
  auto faults = injector(R"([{"kind": "429", "seconds": 1.5}])");

  const InjectedFault expected{.kind = FaultKind::throttled,
                               .wait = std::chrono::milliseconds(1500)};
  EXPECT_EQ(faults.strike("GET", "/a"), expected);
  EXPECT_EQ(faults.strike("PATCH", "/b"), expected);
}

TEST(Faults, TheFirstRuleThatStrikesWinsAndEveryRuleCounts) {
  auto faults = injector(R"([{"nth": 1, "kind": "503"}, {"nth": 2, "kind": "401"}])");

  EXPECT_EQ(faults.strike("GET", "/")->kind, FaultKind::unavailable);
  EXPECT_EQ(faults.strike("GET", "/")->kind, FaultKind::unauthorized);
}

TEST(Faults, ARateStrikesAboutThatShareTheSameWayForTheSameSeed) {
  auto one = injector(R"([{"rate": 0.1, "kind": "lock"}])");
  auto other = injector(R"([{"rate": 0.1, "kind": "lock"}])");

  int struck = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool strikes = one.strike("GET", "/").has_value();
    EXPECT_EQ(strikes, other.strike("GET", "/").has_value());
    struck += strikes ? 1 : 0;
  }
  EXPECT_GT(struck, 60);
  EXPECT_LT(struck, 140);
}

TEST(Faults, EveryKindOfTheContractIsKnown) {
  for (const std::string kind : {"429", "503", "401", "reset_before", "reset_after", "slow",
                                 "truncate", "partial", "lock", "html"})
    EXPECT_EQ(refusal(R"([{"kind": ")" + kind + R"("}])"), "accepted") << kind;
}

TEST(Faults, AnUnknownKeyIsNamedWithItsPlaceAndASuggestion) {
  const std::string text = refusal("[{\"kind\": \"429\",\n  \"nht\": 3}]");

  EXPECT_THAT(text, HasSubstr("faults.json:2"));
  EXPECT_THAT(text, HasSubstr("nht"));
  EXPECT_THAT(text, HasSubstr("did you mean 'nth'"));
}

TEST(Faults, WhatMakesNoSenseIsRefused) {
  EXPECT_THAT(refusal(R"([{"kind": "500"}])"), HasSubstr("500"));
  EXPECT_THAT(refusal(R"([{"nth": 1}])"), HasSubstr("kind"));
  EXPECT_THAT(refusal(R"([{"kind": "slow", "nth": 0}])"), HasSubstr("at least 1"));
  EXPECT_THAT(refusal(R"([{"kind": "slow", "rate": 1.5}])"), HasSubstr("between 0 and 1"));
  EXPECT_NE(refusal(R"([{"kind": "slow", "nth": 1, "rate": 0.5}])"), "accepted");
  EXPECT_THAT(refusal(R"([{"kind": "slow", "match": {"path": "("}}])"),
              HasSubstr("is no regular expression"));
  EXPECT_NE(refusal(R"({"kind": "slow"})"), "accepted");
  EXPECT_NE(refusal(""), "accepted");
  EXPECT_NE(refusal("[{]"), "accepted");
}

TEST(Faults, AnyJsonWillDo) {
  EXPECT_EQ(refusal("[\n\t{\"kind\": \"429\",\n\t\"match\":{\"path\":\"\\/api\\/[a-z]+\"}}\n]\n"),
            "accepted");
  EXPECT_EQ(refusal("[{\"kind\":429}]"), "accepted");
  EXPECT_EQ(refusal("[{\"kind\":\"slow\",\"seconds\":1e1,\"nth\":null}]"), "accepted");
}

TEST(Faults, AnEmptyListIsNoFaultAtAll) {
  EXPECT_EQ(refusal("[]"), "accepted");
}

TEST(Faults, ResetGoesBackToTheFirstListAndCountsAnew) {
  auto faults = injector(R"([{"nth": 1, "kind": "503"}])");
  ASSERT_TRUE(faults.strike("GET", "/"));
  faults.replace({});
  ASSERT_FALSE(faults.strike("GET", "/"));

  faults.reset();

  EXPECT_TRUE(faults.strike("GET", "/"));
}

TEST(PathPattern, ACatastrophicPatternOverALongPathIsHarmless) {
  const auto pattern = PathPattern::compile("(a|aa|a*)*b$").value();

  EXPECT_FALSE(pattern.matches("/" + std::string(60'000, 'a')));
  EXPECT_TRUE(pattern.matches("/aab"));
}

}  // namespace
}  // namespace flit::sim
