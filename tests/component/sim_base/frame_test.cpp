// The frame around a simulator, in process and under a manual clock: faults, figures, /__sim/.

#include "sim/base/frame.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/component/sim_base/shelf.hpp"

namespace flit::sim::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const Instant noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 2) + 12h;

class FrameTest : public testing::Test {
 protected:
  Response send(std::string method, std::string_view target, std::string body = {}) {
    return frame_.handle(Request::make(std::move(method), target,
                                       {{"Authorization", "Bearer open-sesame"}}, std::move(body))
                             .value());
  }
  json::Document ask(std::string_view target) {
    return json::parse(send("GET", target).body).value();
  }
  Response inject(std::string faults) { return send("POST", "/__sim/faults", std::move(faults)); }
  std::string digest() { return std::string(ask("/__sim/digest").root()["digest"].string_or("")); }
  std::string requests_counted() { return ask("/__sim/stats").root()["requests"].dump(); }

  ManualClock manual_{noon};
  SimClock clock_{manual_};
  Stats stats_;
  Shelf shelf_{{.limits = Limits::real}, {clock_, stats_, 1}};
  Frame frame_{shelf_, {clock_, stats_, 1}, {.latency = 3ms}};
};

TEST_F(FrameTest, AddsLatencyToWhatThePlatformTakesAndStampsThePlatformsDate) {
  const Response response = send("PUT", "/boxes/a", "text");

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.fate, (Fate{.delay = 13ms}));
  EXPECT_EQ(response.headers.find("Date"), "Mon, 02 Nov 2026 12:00:00 GMT");
}

TEST_F(FrameTest, ResetBeforeLeavesThePlatformUntouched) {
  inject(R"([{"nth": 1, "kind": "reset_before"}])");

  EXPECT_EQ(send("PUT", "/boxes/a", "x").fate.ending, Fate::Ending::reset_before);

  EXPECT_EQ(send("GET", "/boxes/a").status, 404);
}

TEST_F(FrameTest, ResetAfterHasDoneTheWork) {
  inject(R"([{"nth": 1, "kind": "reset_after"}])");

  EXPECT_EQ(send("PUT", "/boxes/a", "x").fate.ending, Fate::Ending::reset_after);

  EXPECT_EQ(send("GET", "/boxes/a").body, "x\n");
}

TEST_F(FrameTest, TruncateCutsHalfTheBodyOrWhereItIsTold) {
  inject(R"([{"nth": 1, "kind": "truncate"}, {"nth": 2, "kind": "truncate", "bytes": 3}])");

  const Response half = send("PUT", "/boxes/a", "x");
  const Response told = send("PUT", "/boxes/b", "x");

  EXPECT_EQ(half.fate.ending, Fate::Ending::truncate);
  EXPECT_EQ(half.fate.truncate_at, half.body.size() / 2);
  EXPECT_EQ(told.fate.truncate_at, 3U);
}

TEST_F(FrameTest, SlowTakesItsSecondsOnTop) {
  inject(R"([{"nth": 1, "kind": "slow", "seconds": 2.5}])");

  EXPECT_EQ(send("GET", "/boxes/a").fate.delay, 2503ms);
}

TEST_F(FrameTest, AGatewayPageIsHtmlAndThePlatformSawNothing) {
  inject(R"([{"nth": 1, "kind": "html"}])");

  const Response response = send("PUT", "/boxes/a", "x");

  EXPECT_EQ(response.status, 502);
  EXPECT_EQ(response.headers.find("Content-Type"), "text/html");
  EXPECT_EQ(send("GET", "/boxes/a").status, 404);
}

TEST_F(FrameTest, WhatOnlyThePlatformCanPhraseItPhrases) {
  inject(
      R"([{"nth": 1, "kind": "401"}, {"nth": 2, "kind": "503"}, {"nth": 3, "kind": "lock"},
          {"nth": 4, "kind": "429", "seconds": 20}])");

  EXPECT_THAT(send("GET", "/boxes/a").body, HasSubstr("unknown_token"));
  EXPECT_THAT(send("GET", "/boxes/a").body, HasSubstr("closed"));
  EXPECT_THAT(send("GET", "/boxes/a").body, HasSubstr("locked"));
  EXPECT_EQ(send("GET", "/boxes/a").headers.find("Retry-After"), "20");
}

TEST_F(FrameTest, FaultsNeverStrikeTheControlFace) {
  inject(R"([{"kind": "reset_before"}])");

  EXPECT_EQ(send("GET", "/__sim/stats").fate, Fate{});
  EXPECT_EQ(inject("[]").status, 200);
}

TEST_F(FrameTest, AListWithAMistakeIsRefusedAndTheOldOneStays) {
  inject(R"([{"kind": "503"}])");

  const Response refusal = inject(R"([{"kind": "503", "sceonds": 3}])");

  EXPECT_EQ(refusal.status, 400);
  EXPECT_THAT(refusal.body, HasSubstr("did you mean 'seconds'"));
  EXPECT_EQ(send("GET", "/boxes/a").status, 503);
}

TEST_F(FrameTest, StatsAreThoseOfTheContract) {
  send("PUT", "/boxes/a", "12345");
  send("GET", "/boxes/nowhere");
  inject(R"([{"nth": 1, "kind": "429", "seconds": 20}])");
  send("GET", "/boxes/a");
  send("GET", "/boxes/a");
  manual_.advance(10s);

  const auto document = ask("/__sim/stats");
  const json::Value stats = document.root();

  EXPECT_EQ(stats["requests"].as_integer(), 4);
  EXPECT_EQ(stats["throttled"]["requests"].as_integer(), 1);
  EXPECT_EQ(stats["sent_inside_retry_after"].as_integer(), 1);
  EXPECT_EQ(stats["rows_written"]["boxes"].as_integer(), 1);
  EXPECT_DOUBLE_EQ(stats["execution_seconds"].as_double().value(), 0.01);
  EXPECT_NEAR(stats["best_rows_per_second"].as_double().value(), 1.667, 0.001);
  EXPECT_DOUBLE_EQ(stats["elapsed_seconds"].as_double().value(), 10);
  EXPECT_EQ(stats["bytes"]["in"].as_integer(), 5);
  EXPECT_EQ(stats["max_concurrent"].as_integer(), 4);
  EXPECT_EQ(stats["injected"]["429"].as_integer(), 1);
  EXPECT_EQ(stats["writes_refused"].as_integer(), 0);
  EXPECT_EQ(stats["by_endpoint"]["/boxes/{name}"]["404"].as_integer(), 1);
}

TEST_F(FrameTest, TheClockMovesForwardAndWindowsWithIt) {
  for (int i = 0; i < 100; ++i) ASSERT_EQ(send("GET", "/boxes/a").status, 404);
  ASSERT_EQ(send("GET", "/boxes/a").status, 429);

  const Response moved = send("POST", "/__sim/clock", R"({"advance_s": 60})");

  EXPECT_THAT(moved.body, HasSubstr("2026-11-02T12:01:00.000Z"));
  EXPECT_EQ(send("GET", "/boxes/a").status, 404);
}

TEST_F(FrameTest, TheClockTakesAnInstantButNeverGoesBack) {
  EXPECT_EQ(send("POST", "/__sim/clock", R"({"now": "2026-12-24T00:00:00Z"})").status, 200);
  EXPECT_EQ(clock_.now(), std::chrono::sys_days(std::chrono::year(2026) / 12 / 24));

  for (const std::string body : {R"({"now": "2026-01-01T00:00:00Z"})", R"({"advance_s": -1})", "{}",
                                 R"({"advance_s": 1, "now": "2027-01-01T00:00:00Z"})", "soon"})
    EXPECT_EQ(send("POST", "/__sim/clock", body).status, 400) << body;
}

TEST_F(FrameTest, TheDigestSaysWhatIsThereHoweverItGotThere) {
  const std::string empty = digest();
  send("PUT", "/boxes/a", "1");
  send("PUT", "/boxes/b", "2");
  const std::string both = digest();
  send("POST", "/__sim/edit", R"({"op": "update", "id": "a", "values": {"text": "changed"}})");
  EXPECT_NE(digest(), both);

  send("DELETE", "/boxes/a");
  send("PUT", "/boxes/a", "1");
  EXPECT_EQ(digest(), both);
  send("DELETE", "/boxes/a");
  send("DELETE", "/boxes/b");
  EXPECT_EQ(digest(), empty);
}

TEST_F(FrameTest, TheDigestNamesTablesWithTheirRows) {
  send("PUT", "/boxes/a", "1");

  const auto document = ask("/__sim/digest");

  EXPECT_EQ(document.root()["tables"]["boxes"]["rows"].as_integer(), 1);
  EXPECT_EQ(document.root()["tables"]["boxes"]["digest"].string_or("").size(), 64U);
  EXPECT_EQ(document.root()["schema_digest"].string_or("").size(), 64U);
}

TEST_F(FrameTest, AnEditThatMakesNoSenseIsRefused) {
  EXPECT_EQ(send("POST", "/__sim/edit", R"({"op": "explode"})").status, 400);
  EXPECT_EQ(send("POST", "/__sim/edit", "{").status, 400);
}

TEST_F(FrameTest, ResetGoesBackToTheStart) {
  send("PUT", "/boxes/a", "1");
  inject(R"([{"kind": "503"}])");
  manual_.advance(5s);

  EXPECT_EQ(send("POST", "/__sim/reset").status, 200);

  EXPECT_EQ(send("GET", "/boxes/a").status, 404);
  EXPECT_EQ(requests_counted(), "1");
  EXPECT_DOUBLE_EQ(ask("/__sim/stats").root()["elapsed_seconds"].as_double().value(), 0);
}

TEST_F(FrameTest, TheLastRequestsAreShownOldestFirst) {
  send("PUT", "/boxes/a", "1");
  inject(R"([{"nth": 1, "kind": "reset_after"}])");
  send("PUT", "/boxes/b?x=1", "22");

  const auto document = ask("/__sim/requests?last=1");
  const json::Value last = *document.root().elements().begin();

  EXPECT_EQ(document.root().size(), 1U);
  EXPECT_EQ(last["target"].string_or(""), "/boxes/b?x=1");
  EXPECT_EQ(last["request_bytes"].as_integer(), 2);
  EXPECT_EQ(last["status"].as_integer(), 0);
  EXPECT_EQ(last["fault"].string_or(""), "reset_after");
  EXPECT_EQ(send("GET", "/__sim/requests?last=many").status, 400);
}

TEST_F(FrameTest, ASimulatorsOwnCallsAreFoundAndUnknownOnesAreNot) {
  EXPECT_THAT(send("GET", "/__sim/truth").body, HasSubstr("boxes"));
  EXPECT_EQ(send("GET", "/__sim/trutth").status, 404);
  EXPECT_EQ(send("POST", "/__sim/digest").status, 404);
}

TEST_F(FrameTest, TheControlFaceIsForThisMachineOnly) {
  Request request = Request::make("GET", "/__sim/stats").value();
  request.peer = "192.0.2.7:4711";

  EXPECT_EQ(frame_.handle(request).status, 403);
}

}  // namespace
}  // namespace flit::sim::test
