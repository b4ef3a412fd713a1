#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

using namespace std::chrono_literals;

Zone zone(std::string_view name) {
  return Zone::find(name).value();
}
LocalTime wall(std::string_view text) {
  return parse_local_time(text).value();
}

struct Case {
  std::string_view local;
  LocalKind kind;
  std::string_view utc;
};

void expect_resolved(std::string_view name, std::initializer_list<Case> cases) {
  const Zone place = zone(name);
  for (const Case& c : cases) {
    const ResolvedTime resolved = place.resolve(wall(c.local));
    EXPECT_EQ(format_instant(resolved.instant), c.utc) << name << " " << c.local;
    EXPECT_EQ(resolved.kind, c.kind) << name << " " << c.local;
  }
}

constexpr auto unique = LocalKind::unique;
constexpr auto ambiguous = LocalKind::ambiguous;
constexpr auto skipped = LocalKind::skipped;

TEST(Zone, TakesTheEarlierOfTwoMomentsAndMovesForwardOverAGap) {
  expect_resolved("America/New_York", {{"2025-03-09 01:59:59", unique, "2025-03-09T06:59:59Z"},
                                       {"2025-03-09 02:00:00", skipped, "2025-03-09T07:00:00Z"},
                                       {"2025-03-09 02:30:00", skipped, "2025-03-09T07:30:00Z"},
                                       {"2025-03-09 03:00:00", unique, "2025-03-09T07:00:00Z"},
                                       {"2025-11-02 00:59:59", unique, "2025-11-02T04:59:59Z"},
                                       {"2025-11-02 01:30:00", ambiguous, "2025-11-02T05:30:00Z"},
                                       {"2025-11-02 02:00:00", unique, "2025-11-02T07:00:00Z"}});
  expect_resolved("Europe/Berlin", {{"2025-03-30 02:30:00", skipped, "2025-03-30T01:30:00Z"},
                                    {"2025-10-26 02:30:00", ambiguous, "2025-10-26T00:30:00Z"},
                                    {"2025-10-26 03:00:00", unique, "2025-10-26T02:00:00Z"}});
}

TEST(Zone, KnowsShiftsThatAreNotAnHour) {
  // half an hour, and a whole day left out
  expect_resolved("Australia/Lord_Howe",
                  {{"2025-10-05 02:15:00", skipped, "2025-10-04T15:45:00Z"},
                   {"2025-10-05 02:30:00", unique, "2025-10-04T15:30:00Z"},
                   {"2025-04-06 01:45:00", ambiguous, "2025-04-05T14:45:00Z"}});
  expect_resolved("Pacific/Apia", {{"2011-12-29 23:59:59", unique, "2011-12-30T09:59:59Z"},
                                   {"2011-12-30 12:00:00", skipped, "2011-12-30T22:00:00Z"},
                                   {"2011-12-31 00:00:00", unique, "2011-12-30T10:00:00Z"}});
}

TEST(Zone, KeepsSplitSeconds) {
  const Zone berlin = zone("Europe/Berlin");

  EXPECT_EQ(berlin.resolve(wall("2026-07-01 12:00:00.000001")).instant,
            parse_instant("2026-07-01T10:00:00.000001Z").value());
  EXPECT_EQ(berlin.local(parse_instant("1969-12-31T23:59:59.999999Z").value()),
            wall("1970-01-01 00:59:59.999999"));
}

TEST(Zone, KnowsLocalMeanTimeToTheSecond) {
  const Zone berlin = zone("Europe/Berlin");

  EXPECT_EQ(berlin.offset_at(parse_instant("1890-01-01T00:00:00Z").value()), 53min + 28s);
  EXPECT_EQ(berlin.offset_at(parse_instant("0000-01-01T00:00:00Z").value()), 53min + 28s);
}

TEST(Zone, GoesOnWithItsRulesBehindTheTable) {
  expect_resolved("America/New_York", {{"2038-07-01 12:00:00", unique, "2038-07-01T16:00:00Z"},
                                       {"2050-01-15 12:00:00", unique, "2050-01-15T17:00:00Z"},
                                       {"2050-03-13 02:30:00", skipped, "2050-03-13T07:30:00Z"},
                                       {"2050-11-06 01:30:00", ambiguous, "2050-11-06T05:30:00Z"},
                                       {"2099-12-31 23:59:59", unique, "2100-01-01T04:59:59Z"},
                                       {"9999-07-01 00:00:00", unique, "9999-07-01T04:00:00Z"}});
  expect_resolved("Australia/Sydney", {{"2049-12-31 23:30:00", unique, "2049-12-31T12:30:00Z"},
                                       {"2050-01-01 00:30:00", unique, "2049-12-31T13:30:00Z"},
                                       {"2050-07-01 00:00:00", unique, "2050-06-30T14:00:00Z"}});
  expect_resolved("Asia/Tokyo", {{"2050-07-01 09:00:00", unique, "2050-07-01T00:00:00Z"}});
}

TEST(Zone, TellsTheDateOfAnInstant) {
  const Instant instant = parse_instant("2026-01-31T23:30:00Z").value();

  EXPECT_EQ(zone("UTC").date_at(instant), 2026y / 1 / 31);
  EXPECT_EQ(zone("Europe/Copenhagen").date_at(instant), 2026y / 2 / 1);
  EXPECT_EQ(zone("Pacific/Kiritimati").date_at(instant), 2026y / 2 / 1);
  EXPECT_EQ(zone("America/Denver").date_at(instant), 2026y / 1 / 31);
}

TEST(Zone, StartsADayWhereTheClocksDo) {
  EXPECT_EQ(format_instant(zone("Europe/Berlin").start_of(2026y / 7 / 1)), "2026-06-30T22:00:00Z");
  // clocks went from 24:00 straight to 01:00
  EXPECT_EQ(format_instant(zone("America/Sao_Paulo").start_of(2018y / 11 / 4)),
            "2018-11-04T03:00:00Z");
  EXPECT_EQ(format_instant(zone("Pacific/Apia").start_of(2011y / 12 / 30)), "2011-12-30T10:00:00Z");
  // midnight was shown twice
  EXPECT_EQ(format_instant(zone("America/Havana").start_of(2025y / 11 / 2)),
            "2025-11-02T04:00:00Z");
}

TEST(Zone, IsFoundByItsNameOnly) {
  EXPECT_EQ(zone("Europe/Berlin").name(), "Europe/Berlin");
  for (const std::string_view bad :
       {"", "Berlin", "CEST", "+01:00", "localtime", "../etc/passwd", "/etc/localtime", "Europe"})
    EXPECT_FALSE(Zone::find(bad)) << bad;
}

TEST(Zone, SuggestsTheNameThatWasMeant) {
  const auto error = Zone::find("europe/Berln").error();

  EXPECT_EQ(error.fault, Fault::setup);
  EXPECT_EQ(error.text(),
            "found the time zone 'europe/Berln', expected an IANA name such as Europe/Berlin. "
            "did you mean 'Europe/Berlin'?");
}

}  // namespace
}  // namespace flit
