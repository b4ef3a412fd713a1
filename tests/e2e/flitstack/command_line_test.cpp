// The product as it is typed: help that teaches, exit codes, --json, --version.

#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {
namespace {

Finished flitstack(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), binary("flitstack"));
  return run_process(arguments);
}

TEST(CommandLine, HelpSaysWhatTheToolIsForAndHowItEnds) {
  const Finished help = flitstack({"--help"});

  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.out.find("moves a company from one CRM to another"), std::string::npos);
  EXPECT_NE(help.out.find("Exit codes: 0 done"), std::string::npos);
  EXPECT_EQ(help.err, "");
}

TEST(CommandLine, WithoutACommandItShowsTheHelpAndSaysThatThatWasNoUse) {
  const Finished nothing = flitstack({});

  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_NE(nothing.out.find("Usage: flitstack"), std::string::npos);
}

TEST(CommandLine, TheVersionIsTextForPeopleAndJsonForPrograms) {
  EXPECT_EQ(flitstack({"--version"}).out.rfind("flitstack ", 0), 0U);

  const auto version = json::parse(flitstack({"--json", "--version"}).out);

  ASSERT_TRUE(version);
  EXPECT_EQ(version->root()["name"].as_string(), "flitstack");
}

TEST(CommandLine, AWordThatIsNoCommandIsAUsageError) {
  const Finished wrong = flitstack({"migrate-everything-now"});

  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.out, "");
  EXPECT_NE(wrong.err.find("error: "), std::string::npos);
  EXPECT_NE(wrong.err.find("flitstack --help"), std::string::npos);
}

TEST(CommandLine, TheSchemaDoesNotGoWithTheSampleAlone) {
  const Finished refused = flitstack({"rollback", "--yes", "--sample-only", "--schema"});

  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("--sample-only"), std::string::npos) << refused.err;
}

TEST(CommandLine, InitMayBeTypedAgainUntilSomethingWasDone) {
  const TemporaryDirectory folder;
  const std::string project = (folder / "project").string();
  const auto init = [&](const std::string& destination) {
    return flitstack({"init", "interactive-to-dynamics365", project, "--source-url",
                      "http://127.0.0.1:9", "--destination-url", destination})
        .exit_code;
  };

  EXPECT_EQ(init("http://127.0.0.1:9"), 0);
  EXPECT_EQ(init("http://127.0.0.1:9"), 0) << "killed at its very end, it is typed again";
  EXPECT_EQ(init("http://127.0.0.1:8"), 2) << "another migration";
}

TEST(CommandLine, AUsageErrorIsAlsoOneJsonDocument) {
  const Finished wrong = flitstack({"--json", "--no-such-option"});
  const auto document = json::parse(wrong.out);

  EXPECT_EQ(wrong.exit_code, 2);
  ASSERT_TRUE(document) << wrong.out;
  EXPECT_EQ(document->root().at_path("error.fault").as_string(), "setup");
}

}  // namespace
}  // namespace flit::test
