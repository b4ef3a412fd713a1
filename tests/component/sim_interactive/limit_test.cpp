// Limits that nobody documents, and what gateways answer (facts/sources.md §1.2, §0.2).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

ServedSettings limited() {
  return {.options = {.limits = true}, .generate = {.contacts = 5, .seed = 1}};
}

TEST(Limits, TwentyAtOnceThenTenASecond) {
  Served served(limited());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(served.get("/me").status, 200) << i;
  EXPECT_EQ(served.get("/me").error_code(), "rate_limited");

  served.beneath().advance(std::chrono::milliseconds(1'000));

  for (int i = 0; i < 10; ++i) EXPECT_EQ(served.get("/me").status, 200) << i;
  EXPECT_EQ(served.get("/me").status, 429);
}

TEST(Limits, TheHintFollowsTheOrdinalOfTheRefusal) {
  Served served(limited());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(served.get("/me").status, 200);
  for (int n = 1; n <= 21; ++n) {
    const Answer answer = served.get("/me");
    ASSERT_EQ(answer.status, 429);
    EXPECT_FALSE(answer.headers.contains("x-ratelimit-limit"));
    if (n % 3 == 0) {
      EXPECT_FALSE(answer.headers.contains("retry-after")) << n;
    } else if (n % 7 == 0) {
      EXPECT_THAT(answer.headers.at("retry-after"), testing::HasSubstr("GMT")) << n;
    } else {
      EXPECT_GE(std::stoi(answer.headers.at("retry-after")), 1) << n;
    }
  }
  const Answer stats = served.control("stats");
  EXPECT_EQ(stats["throttled.rate_limited"].as_integer(), 21);
  EXPECT_GT(*stats["sent_inside_retry_after"].as_integer(), 0);
}

TEST(Limits, SixInFlight) {
  Served served({.options = {.latency = std::chrono::seconds(5), .limits = true},
                 .generate = {.contacts = 5, .seed = 1}});
  // answers stay in flight for five platform seconds, though this frame delays nothing
  for (int i = 0; i < 6; ++i) EXPECT_EQ(served.get("/me").status, 200);

  const Answer seventh = served.get("/me");

  EXPECT_EQ(seventh.status, 429);
  EXPECT_EQ(seventh.error_code(), "too_many_concurrent");
  served.beneath().advance(std::chrono::seconds(6));
  EXPECT_EQ(served.get("/me").status, 200);
}

TEST(Limits, AreOffUnlessAskedFor) {
  Served served({.generate = {.contacts = 5, .seed = 1}});

  for (int i = 0; i < 60; ++i) EXPECT_EQ(served.get("/me").status, 200);
}

TEST(Faults, AreAnsweredAsTheGatewayWould) {
  Served served({.generate = {.contacts = 5, .seed = 1}});
  served.control("faults",
                 R"([{"nth": 1, "kind": "503"}, {"nth": 2, "kind": "503"},
          {"nth": 3, "kind": "html"}, {"nth": 4, "kind": "429", "seconds": 7}])");

  const Answer page = served.get("/me");
  const Answer empty = served.get("/me");
  const Answer html = served.get("/me");
  const Answer throttled = served.get("/me");

  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.headers.at("content-type"), "text/html");
  EXPECT_EQ(empty.status, 503);
  EXPECT_EQ(empty.body, "");
  EXPECT_EQ(html.status, 502);
  EXPECT_EQ(throttled.error_code(), "rate_limited");
  EXPECT_EQ(throttled.headers.at("retry-after"), "7");
  EXPECT_EQ(served.get("/me").status, 200);
}

}  // namespace
}  // namespace flit::sim::interactive::test
