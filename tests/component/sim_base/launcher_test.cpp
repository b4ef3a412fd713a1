// flitsim as a program: what it prints, what it takes, how it ends.

#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "tests/support/background_process.hpp"
#include "tests/support/process.hpp"
#include "tests/support/raw_http.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::sim::test {
namespace {

using flit::test::BackgroundProcess;
using flit::test::http;
using flit::test::run_process;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const std::string program = FLIT_SHELF_PROGRAM;
constexpr std::string_view token = "Authorization: Bearer open-sesame\r\n";

/// A running `flitsim shelf` and what its start-up line says.
struct Running {
  explicit Running(std::vector<std::string> options = {}) : process(command(std::move(options))) {
    start_up = json::parse(process.read_line().value_or("")).value();
    const std::string url(start_up.root()["url"].string_or(""));
    port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }
  static std::vector<std::string> command(std::vector<std::string> options) {
    options.insert(options.begin(), {program, "shelf"});
    return options;
  }
  BackgroundProcess process;
  json::Document start_up;
  std::uint16_t port = 0;
};

TEST(Flitsim, SaysInOneLineOfJsonHowToReachIt) {
  Running shelf({"--port", "0"});
  const json::Value line = shelf.start_up.root();

  EXPECT_EQ(line["name"].string_or(""), "shelf");
  EXPECT_THAT(std::string(line["url"].string_or("")), StartsWith("http://127.0.0.1:"));
  EXPECT_EQ(line["token_url"].string_or(""), std::string(line["url"].string_or("")) + "/token");
  EXPECT_EQ(line["client_id"].string_or(""), "flit");
  EXPECT_EQ(line["client_secret"].string_or(""), "flit");
  EXPECT_EQ(line["access_token"].string_or(""), "open-sesame");
  EXPECT_EQ(line["pid"].as_integer(), shelf.process.pid());
}

TEST(Flitsim, EndsWithZeroOnSigtermAndOnCtrlC) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Running shelf;
    ASSERT_EQ(http(shelf.port, "PUT", "/boxes/a", "x", token)->status, 201);

    EXPECT_EQ(shelf.process.end_with(signal), 0);
    EXPECT_EQ(shelf.process.read_line(), std::nullopt) << "one line on stdout, not more";
  }
}

TEST(Flitsim, ItsDigestStatsAndFaultsAreReachedOverHttp) {
  Running shelf;
  http(shelf.port, "POST", "/__sim/faults", R"([{"nth": 1, "kind": "503"}])");

  EXPECT_EQ(http(shelf.port, "GET", "/boxes/a", "", token)->status, 503);
  EXPECT_EQ(http(shelf.port, "GET", "/boxes/a", "", token)->status, 404);
  EXPECT_THAT(http(shelf.port, "GET", "/__sim/stats")->body, HasSubstr(R"("requests":2)"));
  EXPECT_EQ(http(shelf.port, "GET", "/__sim/digest")->status, 200);
}

TEST(Flitsim, ASnapshotSurvivesTheProcess) {
  const flit::test::TemporaryDirectory folder;
  const std::string file = folder / "shelf.jsonl";
  std::string digest;
  {
    Running shelf({"--snapshot", file});
    http(shelf.port, "PUT", "/boxes/a", "kept", token);
    digest = http(shelf.port, "GET", "/__sim/digest")->body;
    ASSERT_EQ(shelf.process.end_with(SIGTERM), 0);
  }
  Running again({"--snapshot", file});

  EXPECT_EQ(http(again.port, "GET", "/boxes/a", "", token)->body, "kept\n");
  EXPECT_EQ(http(again.port, "GET", "/__sim/digest")->body, digest);
}

TEST(Flitsim, TimeRunsFasterInRealTimeButNotOnTheWire) {
  Running shelf({"--limits", "real", "--time-scale", "1000", "--clock", "2026-11-02T08:00:00Z"});
  const auto clock = json::parse(http(shelf.port, "GET", "/__sim/clock")->body).value();
  EXPECT_THAT(std::string(clock.root()["now"].string_or("")), StartsWith("2026-11-02T08:"));
  EXPECT_EQ(clock.root()["time_scale"].as_double(), 1000);

  // 10 ms of execution each are 10 µs here: the hundredth comes long before 60 platform seconds
  const auto before = http(shelf.port, "GET", "/__sim/clock")->body;
  int refused = 0;
  for (int i = 0; i < 150; ++i)
    refused += http(shelf.port, "PUT", "/boxes/a", "x", token)->status == 429 ? 1 : 0;

  EXPECT_LE(refused, 50);
  EXPECT_NE(http(shelf.port, "GET", "/__sim/clock")->body, before);
}

TEST(Flitsim, AKindsOwnOptionsReachIt) {
  Running shelf({"--box", "screws", "--box=nails"});

  EXPECT_EQ(http(shelf.port, "GET", "/boxes/screws", "", token)->status, 200);
  EXPECT_EQ(http(shelf.port, "GET", "/boxes/nails", "", token)->status, 200);
}

TEST(Flitsim, FaultsComeFromAFileToo) {
  const flit::test::TemporaryDirectory folder;
  const std::string file = folder / "faults.json";
  std::ofstream(file) << R"([{"kind": "503"}])";
  Running shelf({"--faults", file});

  EXPECT_EQ(http(shelf.port, "GET", "/boxes/a", "", token)->status, 503);
}

TEST(Flitsim, WhatCannotBeIsRefusedWithTwoAndASentence) {
  const flit::test::TemporaryDirectory folder;
  const std::string bad_faults = folder / "faults.json";
  std::ofstream(bad_faults) << R"([{"knd": "503"}])";
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"shlef"}, "there is no kind shlef. did you mean 'shelf'?"},
      {{"shelf", "--prot", "1"}, "there is no option --prot. did you mean '--port'?"},
      {{"shelf", "--prot=1"}, "there is no option --prot. did you mean '--port'?"},
      {{"shelf", "--port", "http"}, "--port: 'http' is not a whole number"},
      {{"shelf", "--port"}, "--port"},
      {{"shelf", "--seed", "1", "--seed", "2"}, "--seed"},
      {{"shelf", "stray"}, "'stray' belongs to no option"},
      {{"shelf", "--time-scale", "0"}, "--time-scale"},
      {{"shelf", "--faults", bad_faults}, "did you mean 'kind'?"},
      {{"shelf", "--faults", "/nowhere/at/all"}, "/nowhere/at/all"},
      {{"--verison"}, "did you mean '--version'?"},
  };
  for (auto [arguments, expected] : cases) {
    arguments.insert(arguments.begin(), program);
    const auto finished = run_process(arguments);
    EXPECT_EQ(finished.exit_code, 2) << arguments[1];
    EXPECT_THAT(finished.err, HasSubstr(expected));
    EXPECT_EQ(finished.out, "");
  }
}

TEST(Flitsim, APortThatIsTakenIsNamed) {
  Running shelf;

  const auto finished = run_process({program, "shelf", "--port", std::to_string(shelf.port)});

  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("--port"), HasSubstr(std::to_string(shelf.port))));
}

TEST(Flitsim, HelpTeaches) {
  const auto page = run_process({program, "--help"});
  const auto kind = run_process({program, "shelf", "--help"});

  EXPECT_EQ(page.exit_code, 0);
  EXPECT_THAT(page.out,
              AllOf(HasSubstr("boxes with names"), HasSubstr("flitsim shelf --box screws"),
                    HasSubstr("access_token"), HasSubstr("SIGTERM")));
  EXPECT_EQ(kind.exit_code, 0);
  EXPECT_THAT(kind.out, AllOf(HasSubstr("--box NAME"), HasSubstr("--time-scale N"),
                              HasSubstr("Same seed, same behaviour. [1]")));
}

TEST(Flitsim, WithoutAKindItShowsThePageAndSaysThatNothingWasDone) {
  const auto finished = run_process({program});

  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.out, HasSubstr("Usage: flitsim KIND"));
}

TEST(Flitsim, SaysItsVersion) {
  EXPECT_EQ(run_process({program, "--version"}).out, "flitsim 1.2.3\n");
}

TEST(Flitsim, AKindMayHaveNothingToServe) {
  const auto finished = run_process({program, "shelf", "--only-check"});

  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_EQ(finished.out, "");
}

}  // namespace
}  // namespace flit::sim::test
