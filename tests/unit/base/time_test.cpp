#include "base/time.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

TEST(Date, IsReadOnlyWhereItExists) {
  EXPECT_EQ(parse_date("2024-02-29").value(), 2024y / 2 / 29);
  EXPECT_EQ(parse_date("0000-01-01").value(), 0y / 1 / 1);
  EXPECT_EQ(parse_date("9999-12-31").value(), 9999y / 12 / 31);
  for (const std::string_view bad :
       {"", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
        "2026-1-1", "26-01-01", "20260101", "2026/01/01", "2026-01-01T", " 2026-01-01",
        "2026-01-0x", "-026-01-01", "+2026-01-01", "10000-01-01", "2026-01-01Z"})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

TEST(Date, IsWrittenInTenCharacters) {
  EXPECT_EQ(format_date(2026y / 1 / 31), "2026-01-31");
  EXPECT_EQ(format_date(0y / 2 / 29), "0000-02-29");
}

TEST(Instant, IsReadWithEveryWayToWriteItsOffset) {
  const Instant noon = sys_days(2026y / 1 / 31) + 12h;
  for (const std::string_view same :
       {"2026-01-31T12:00:00Z", "2026-01-31t12:00:00z", "2026-01-31T12:00:00.000+0000",
        "2026-01-31T13:00:00+01:00", "2026-01-31T17:30:00+0530", "2026-01-31T00:15:00-11:45",
        "2026-02-01T11:59:00+23:59", "2026-01-31T12:00:00-00:00"})
    EXPECT_EQ(at(same), noon) << same;
}

TEST(Instant, KeepsHowItWasWritten) {
  const auto written = parse_instant_as_written("2026-01-31T12:00:00.12345678-03:30").value();

  EXPECT_EQ(written.instant, sys_days(2026y / 1 / 31) + 15h + 30min + 123456us);
  EXPECT_EQ(written.offset, -210min);
  EXPECT_EQ(written.fraction_digits, 8);
  EXPECT_FALSE(written.exact);
  EXPECT_TRUE(parse_instant_as_written("2026-01-31T12:00:00.1234560000Z").value().exact);
}

TEST(Instant, ReadsNinethousandNinehundredNinetyNineDecimals) {
  const auto written =
      parse_instant_as_written("2026-01-31T12:00:00." + std::string(9999, '9') + "Z").value();

  EXPECT_EQ(written.instant, sys_days(2026y / 1 / 31) + 12h + 999999us);
  EXPECT_EQ(written.fraction_digits, 9999);
  EXPECT_FALSE(written.exact);
}

TEST(Instant, RefusesWhatIsNoMoment) {
  for (const std::string_view bad : {"",
                                     "2026-01-31",
                                     "2026-01-31T12:00:00",
                                     "2026-01-31 12:00:00Z",
                                     "2026-01-31T12:00Z",
                                     "2026-01-31T24:00:00Z",
                                     "2026-01-31T12:60:00Z",
                                     "2026-01-31T12:00:61Z",
                                     "2026-02-30T12:00:00Z",
                                     "2026-01-31T12:00:00.Z",
                                     "2026-01-31T12:00:00,5Z",
                                     "2026-01-31T12:00:00+24:00",
                                     "2026-01-31T12:00:00+01:60",
                                     "2026-01-31T12:00:00+1:00",
                                     "2026-01-31T12:00:00+01",
                                     "2026-01-31T12:00:00 Z",
                                     "2026-01-31T12:00:00ZZ",
                                     "2026-01-31T12:00:00+01:0x",
                                     "2026-01-31T1 :00:00Z",
                                     "2026-01-31T12:00:00-",
                                     "2026-01-31T12-00-00Z"})
    EXPECT_FALSE(parse_instant(bad)) << bad;
  EXPECT_EQ(parse_instant("now").error().message,
            "found 'now', expected an instant such as 2026-01-31T14:05:09Z or …+01:00");
}

TEST(Instant, EndsWithTheCalendar) {
  EXPECT_EQ(format_instant(at("0000-01-01T00:00:00Z")), "0000-01-01T00:00:00Z");
  EXPECT_EQ(format_instant(at("9999-12-31T23:59:59.999999Z"), {.fraction_digits = 6}),
            "9999-12-31T23:59:59.999999Z");
  EXPECT_FALSE(parse_instant("0000-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_instant("9999-12-31T23:59:59-00:01"));
}

TEST(Instant, TakesALeapSecondForTheNextDay) {
  EXPECT_EQ(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z"));
  EXPECT_EQ(at("2016-12-31T18:59:60.5-05:00"), at("2017-01-01T00:00:00.5Z"));
  for (const std::string_view bad : {"2016-12-31T12:59:60Z", "2016-12-31T23:58:60Z",
                                     "2016-12-31T23:59:60+01:00", "9999-12-31T23:59:60Z"})
    EXPECT_FALSE(parse_instant(bad)) << bad;
}

TEST(Instant, IsWrittenAsEachPlatformLikesIt) {
  const Instant instant = sys_days(2026y / 1 / 31) + 9h + 8min + 7s + 1009us;

  EXPECT_EQ(format_instant(instant), "2026-01-31T09:08:07Z");
  EXPECT_EQ(format_instant(instant, {.fraction_digits = 3}), "2026-01-31T09:08:07.001Z");
  EXPECT_EQ(format_instant(instant, {.fraction_digits = 6}), "2026-01-31T09:08:07.001009Z");
  EXPECT_EQ(format_instant(instant, {.fraction_digits = 3, .style = OffsetStyle::compact}),
            "2026-01-31T09:08:07.001+0000");
  EXPECT_EQ(format_instant(instant, {.style = OffsetStyle::colon}), "2026-01-31T09:08:07+00:00");
  EXPECT_EQ(format_instant(instant, {.offset = -570min}), "2026-01-30T23:38:07-09:30");
  EXPECT_THROW((void)format_instant(instant, {.fraction_digits = 7}), Bug);
}

TEST(Instant, BeforeTheEpochIsCutTowardsThePast) {
  const Instant instant = at("1969-12-31T23:59:59.999999Z");

  EXPECT_EQ(format_instant(instant, {.fraction_digits = 3}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(epoch_ms(instant), -1);
  EXPECT_EQ(epoch_seconds(instant), -1);
}

TEST(Instant, OutsideTheCalendarCanStillBeShown) {
  EXPECT_EQ(format_instant(Instant::min()), "-9223372036854775808 us since 1970");
  EXPECT_EQ(format_instant(Instant::max()), "9223372036854775807 us since 1970");
  EXPECT_EQ(format_instant(at("9999-12-31T23:59:59Z"), {.offset = 1h}),
            "+10000-01-01T00:59:59+01:00");
}

TEST(Instant, GoesToAndFromEpochNumbers) {
  EXPECT_EQ(instant_from_epoch_ms(1'769'861'109'123).value(), at("2026-01-31T12:05:09.123Z"));
  EXPECT_EQ(instant_from_epoch_seconds(-62'167'219'200).value(), at("0000-01-01T00:00:00Z"));
  EXPECT_EQ(instant_from_epoch_seconds(253'402'300'799).value(), at("9999-12-31T23:59:59Z"));
  EXPECT_EQ(epoch_seconds(at("9999-12-31T23:59:59Z")), 253'402'300'799);
  for (const std::int64_t bad :
       {std::int64_t{-62'167'219'201}, std::int64_t{253'402'300'800}, INT64_MIN, INT64_MAX})
    EXPECT_FALSE(instant_from_epoch_seconds(bad)) << bad;
  EXPECT_FALSE(instant_from_epoch_ms(253'402'300'800'000));
}

TEST(LocalTime, HasNoZone) {
  const LocalTime time = parse_local_time("2025-11-02 01:30:00").value();

  EXPECT_EQ(parse_local_time("2025-11-02T01:30:00.000").value(), time);
  EXPECT_EQ(format_local_time(time), "2025-11-02T01:30:00");
  EXPECT_EQ(format_local_time(time + 5us, 6), "2025-11-02T01:30:00.000005");
  EXPECT_EQ(date_of(time), 2025y / 11 / 2);
  EXPECT_EQ(midnight(2025y / 11 / 2) + 90min, time);
  for (const std::string_view bad : {"2025-11-02 01:30:00Z", "2025-11-02", "2025-11-02 01:30",
                                     "2025-11-02 23:59:60", "2025-11-02 25:00:00"})
    EXPECT_FALSE(parse_local_time(bad)) << bad;
}

}  // namespace
}  // namespace flit
