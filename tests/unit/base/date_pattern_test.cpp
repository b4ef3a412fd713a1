#include "base/date_pattern.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

using namespace std::chrono_literals;

DatePattern pattern(std::string_view text) {
  return DatePattern::compile(text).value();
}

TEST(DatePattern, ReadsTheNotationsOfManyCountries) {
  const std::vector<std::pair<std::string, std::string>> notations = {
      {"%Y-%m-%d", "2026-01-31"},
      {"%d.%m.%Y", "31.01.2026"},
      {"%d.%m.%Y", "31.1.2026"},
      {"%m/%d/%Y", "01/31/2026"},
      {"%m/%d/%Y", "1/31/2026"},
      {"%d-%m-%Y", "31-01-2026"},
      {"%b %d, %Y", "Jan 31, 2026"},
      {"%B %e, %Y", "january 31, 2026"},
      {"%d %b %y", "31 JAN 26"},
      {"%Y%m%d", "20260131"},
      {"%a, %d %b %Y", "Sat, 31 Jan 2026"},
      {"%A %d %B %Y", "Saturday 31 January 2026"},
      {"100%% %d/%m/%Y", "100% 31/01/2026"}};
  for (const auto& [notation, text] : notations)
    EXPECT_EQ(pattern(notation).parse_date(text).value(), 2026y / 1 / 31) << notation;
}

TEST(DatePattern, ReadsTimesOfDay) {
  const LocalTime afternoon = midnight(2026y / 1 / 31) + 14h + 5min;

  EXPECT_EQ(pattern("%m/%d/%Y %I:%M %p").parse("01/31/2026 2:05 PM").value(), afternoon);
  EXPECT_EQ(pattern("%d.%m.%Y %H:%M:%S").parse("31.01.2026 14:05:09").value(), afternoon + 9s);
  EXPECT_EQ(pattern("%d.%m.%Y").parse("31.01.2026").value(), midnight(2026y / 1 / 31));
  EXPECT_TRUE(pattern("%d.%m.%Y %H:%M").has_time_of_day());
  EXPECT_FALSE(pattern("%d.%m.%Y").has_time_of_day());
}

TEST(DatePattern, KnowsThatTwelveComesBeforeOne) {
  const DatePattern notation = pattern("%Y-%m-%d %I:%M %p");
  const LocalTime day = midnight(2026y / 1 / 31);

  EXPECT_EQ(notation.parse("2026-01-31 12:30 am").value(), day + 30min);
  EXPECT_EQ(notation.parse("2026-01-31 12:30 PM").value(), day + 12h + 30min);
  EXPECT_FALSE(notation.parse("2026-01-31 13:30 PM"));
  EXPECT_FALSE(notation.parse("2026-01-31 0:30 AM"));
}

TEST(DatePattern, PutsTwoDigitYearsWherePosixDoes) {
  EXPECT_EQ(pattern("%m/%d/%y").parse_date("1/2/69").value(), 1969y / 1 / 2);
  EXPECT_EQ(pattern("%m/%d/%y").parse_date("1/2/68").value(), 2068y / 1 / 2);
}

TEST(DatePattern, RefusesTextInAnyOtherNotation) {
  for (const std::string_view bad :
       {"", "31.01.26", "31/01/2026", "31.01.2026 ", " 31.01.2026", "31.13.2026", "29.02.2023",
        "0.1.2026", "031.01.2026", "31.01.20260", "31..2026", "31.01.", "x1.01.2026"})
    EXPECT_FALSE(pattern("%d.%m.%Y").parse(bad)) << bad;
  EXPECT_FALSE(pattern("%b %d, %Y").parse("Foo 31, 2026"));
  EXPECT_FALSE(pattern("%Y-%m-%d %H:%M:%S").parse("2026-01-31 23:59:60"));
  EXPECT_EQ(pattern("%d.%m.%Y").parse("gestern").error().message,
            "found 'gestern', expected a date written as %d.%m.%Y");
}

TEST(DatePattern, DoesNotCompileWhatDeterminesNoDay) {
  for (const std::string_view bad : {"", "%", "%d.%m.%", "%d.%m", "%Y", "%d.%m.%Q", "%d.%m.%Y %y",
                                     "%d %e %m %Y", "%d.%m.%Y %I:%M", "%d.%m.%Y %H:%M %p",
                                     "%d.%m.%Y :%M", "%d.%m.%Y %H %I %p", "%d.%m.%Y %%I:%M %p"})
    EXPECT_FALSE(DatePattern::compile(bad)) << bad;
  EXPECT_EQ(DatePattern::compile("%d.%m.%Q").error().fault, Fault::setup);
}

TEST(DatePattern, WritesWhatItReads) {
  const LocalTime time = midnight(2026y / 3 / 7) + 15h + 4min + 9s;

  EXPECT_EQ(pattern("%Y-%m-%d %H:%M:%S").format(time), "2026-03-07 15:04:09");
  EXPECT_EQ(pattern("%a %b %e %I:%M %p %y %%").format(time), "Sat Mar  7 03:04 PM 26 %");
  EXPECT_EQ(pattern("%A, %B %d, %Y").format(time), "Saturday, March 07, 2026");
  EXPECT_EQ(pattern("%Y-%m-%d").format(midnight(7y / 1 / 1)), "0007-01-01");
}

}  // namespace
}  // namespace flit
