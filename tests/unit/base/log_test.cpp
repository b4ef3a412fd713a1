#include "base/log.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/event.hpp"
#include "base/secret.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

static_assert(!fmt::is_formattable<Secret>::value, "a secret must not be loggable");

const ManualClock noon(Instant(1'793'620'800'123'456us));  // 2026-11-02T12:00:00.123456Z

TEST(Log, ALineSaysWhenHowGraveAndWhat) {
  std::ostringstream out;
  const auto log = log_to(out, {}, noon);

  log->warn("{} owners have no match", 12);

  EXPECT_EQ(out.str(), "2026-11-02T12:00:00.123Z warn  12 owners have no match\n");
}

TEST(Log, OnlyWhatIsGraveEnoughIsWritten) {
  std::ostringstream out;
  const auto log = log_to(out, {.level = Level::warn}, noon);

  log->error("one");
  log->warn("two");
  log->info("three");
  log->debug("four");
  log->write_event(Event("five", Level::info));

  EXPECT_FALSE(log->wants(Level::info));
  EXPECT_EQ(out.str(), "2026-11-02T12:00:00.123Z error one\n2026-11-02T12:00:00.123Z warn  two\n");
}

TEST(Log, NoTextFromOutsideCanPretendToBeALine) {
  std::ostringstream out;
  const auto log = log_to(out, {}, noon);

  log->info("{}", "first\n2026-11-02T12:00:00.123Z error forged\r\x1b[31m \xff");

  EXPECT_EQ(out.str(),
            "2026-11-02T12:00:00.123Z info  first\n"
            "    2026-11-02T12:00:00.123Z error forged??[31m \xEF\xBF\xBD\n");
}

TEST(Log, JsonLinesCarryTheFieldsOfEvents) {
  std::ostringstream out;
  const auto log = log_to(out, {.form = LogSettings::Form::json_lines}, noon);

  log->info("said \"{}\"", "so");
  log->write_event(
      Event("batch_settled", Level::info).label("object", "contacts").count("done", 5));

  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-02T12:00:00.123Z","level":"info","message":"said \"so\""})"
            "\n"
            R"({"time":"2026-11-02T12:00:00.123Z","level":"info","event":"batch_settled",)"
            R"("object":"contacts","done":5})"
            "\n");
}

TEST(Log, AFileIsAppendedTo) {
  const test::TemporaryDirectory folder;
  log_to_file(folder / "flit.log", {}, noon).value()->info("first");
  log_to_file(folder / "flit.log", {}, noon).value()->info("second");

  EXPECT_EQ(test::read_file((folder / "flit.log").string()),
            "2026-11-02T12:00:00.123Z info  first\n2026-11-02T12:00:00.123Z info  second\n");
}

TEST(Log, AFileThatCannotBeWrittenIsAnError) {
  const test::TemporaryDirectory folder;
  const auto log = log_to_file(folder.path(), {}, noon);

  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().fault, Fault::setup);
  EXPECT_EQ(log.error().where, folder.path().string());
}

TEST(Log, LevelsHaveNames) {
  for (const Level level : {Level::error, Level::warn, Level::info, Level::debug})
    EXPECT_EQ(level_of(to_string(level)), level);
  EXPECT_EQ(level_of("loud"), std::nullopt);
}

}  // namespace
}  // namespace flit
