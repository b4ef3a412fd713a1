#include "sim/base/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/base/common_options.hpp"
#include "sim/base/duration_text.hpp"

namespace flit::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Durations, AreReadAsPeopleTypeThem) {
  EXPECT_EQ(parse_duration("10ms").value(), 10ms);
  EXPECT_EQ(parse_duration("1.5s").value(), 1500ms);
  EXPECT_EQ(parse_duration("2m").value(), 2min);
  EXPECT_EQ(parse_duration("2min").value(), 2min);
  EXPECT_EQ(parse_duration("250us").value(), 250us);
  EXPECT_EQ(parse_duration("1h").value(), 1h);
  EXPECT_EQ(parse_duration("1d").value(), 24h);
  EXPECT_EQ(parse_duration("0s").value(), 0s);
}

TEST(Durations, NeedAUnitAndSenseAndAnEnd) {
  for (const std::string text :
       {"", "5", "ms", "-1s", "1 s", "1e3s", "nan s", "infs", "9999d", "1sec"})
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
}

TEST(Options, AreReadIntoWhatTheyAreBoundTo) {
  std::string data = "none";
  std::optional<std::int64_t> limit;
  std::vector<std::string> tokens;
  bool many = false;
  OptionSet options;
  options.add({"--data", "DIR", "Folder."}, data);
  options.add({"--limit", "N", "Limit."}, limit);
  options.add({"--token", "TOKEN", "Token."}, tokens);
  options.add({"--many-tags", "", "Many."}, many);

  ASSERT_TRUE(options.set("--data", "here"));
  ASSERT_TRUE(options.set("--limit", "-4"));
  ASSERT_TRUE(options.set("--token", "a"));
  ASSERT_TRUE(options.set("--token", "b"));
  ASSERT_TRUE(options.set("--many-tags", ""));

  EXPECT_EQ(data, "here");
  EXPECT_EQ(limit, -4);
  EXPECT_THAT(tokens, ElementsAre("a", "b"));
  EXPECT_TRUE(many);
  EXPECT_EQ(options.find("--data")->default_text, "none");
  EXPECT_TRUE(options.find("--token")->repeatable);
}

TEST(Options, AnErrorNamesTheOptionAndWhatWasExpected) {
  CommonOptions common;
  OptionSet options;
  common.declare(options);

  const auto refusal = [&](std::string_view name, std::string_view value) {
    const auto read = options.set(name, value);
    return read ? "accepted" : read.error().text();
  };

  EXPECT_THAT(refusal("--port", "70000"),
              HasSubstr("--port: '70000' is not a whole number from 0 to 65535"));
  EXPECT_THAT(refusal("--limits", "on"), HasSubstr("'on' is not one of off, real"));
  EXPECT_THAT(refusal("--latency", "10"), HasSubstr("such as 10ms"));
  EXPECT_THAT(refusal("--clock", "yesterday"), HasSubstr("2026-11-02T08:00:00Z"));
  EXPECT_THAT(refusal("--time-scale", "fast"), HasSubstr("is not a number"));
  EXPECT_THAT(refusal("--sede", "1"), HasSubstr("did you mean '--seed'"));
}

TEST(CommonOptions, AreThoseOfTheContract) {
  CommonOptions common;
  OptionSet options;
  common.declare(options);

  for (const std::string name :
       {"--port", "--schema", "--snapshot", "--users", "--seed", "--limits", "--latency",
        "--cost-per-row", "--servers", "--licence", "--faults", "--time-scale", "--clock"})
    EXPECT_NE(options.find(name), nullptr) << name;
}

TEST(CommonOptions, AScaleOfZeroAndNoServersAreRefused) {
  CommonOptions common;
  EXPECT_TRUE(common.check());

  common.time_scale = 0;
  EXPECT_FALSE(common.check());
  common.time_scale = 1;
  common.servers = 0;
  EXPECT_FALSE(common.check());
}

}  // namespace
}  // namespace flit::sim
