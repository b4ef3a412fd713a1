#include "base/http_date.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace flit {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) {
  return parse_instant(text).value();
}
const Instant now = at("2026-11-20T12:00:00Z");

TEST(HttpDate, IsReadInAllThreeForms) {
  // RFC 9110, section 5.6.7, all the same moment
  const Instant moment = at("1994-11-06T08:49:37Z");

  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now).value(), moment);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now).value(), moment);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994", now).value(), moment);
  EXPECT_EQ(format_http_date(moment), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpDate, PutsTwoDigitYearsNoMoreThanFiftyYearsAhead) {
  EXPECT_EQ(parse_http_date("Friday, 20-Nov-76 12:00:00 GMT", now).value(),
            at("2076-11-20T12:00:00Z"));
  EXPECT_EQ(parse_http_date("Sunday, 20-Nov-77 12:00:00 GMT", now).value(),
            at("1977-11-20T12:00:00Z"));
}

TEST(HttpDate, TakesALeapSecondForTheNextMinute) {
  EXPECT_EQ(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT", now).value(),
            at("2017-01-01T00:00:00Z"));
}

TEST(HttpDate, RefusesEverythingElse) {
  for (const std::string_view bad :
       {"", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "1994-11-06T08:49:37Z", ":59:60"})
    EXPECT_FALSE(parse_http_date(bad, now)) << bad;
}

TEST(RetryAfter, IsSecondsOrADate) {
  EXPECT_EQ(parse_retry_after("0", now).value(), 0s);
  EXPECT_EQ(parse_retry_after("120", now).value(), 120s);
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2026 12:00:30 GMT", now).value(), 30s);
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2026 12:00:30 GMT", now + 1ms).value(),
            30s);  // never early
}

TEST(RetryAfter, IsNeverNegativeNorEndless) {
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 2020 12:00:30 GMT", now).value(), 0s);
  EXPECT_EQ(parse_retry_after(std::string(9999, '9'), now).value(), 24h * 365);
  EXPECT_EQ(parse_retry_after("Fri, 20 Nov 9999 12:00:30 GMT", now).value(), 24h * 365);
}

TEST(RetryAfter, RefusesEverythingElse) {
  for (const std::string_view bad : {"", "-1", "1.5", "+3", " 3", "soon", "0x10"})
    EXPECT_FALSE(parse_retry_after(bad, now)) << bad;
}

}  // namespace
}  // namespace flit
