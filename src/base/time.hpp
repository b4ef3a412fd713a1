#pragma once
/// @file Dates, wall-clock times and instants as text (ISO 8601, RFC 3339) and as epoch numbers.
///
/// Three types that do not mix: an Instant is a moment in UTC, a LocalTime is what a clock on some
/// wall showed (a Zone makes it an instant, base/zone.hpp), a Date is a day of the calendar and has
/// no zone at all. The calendar is the proleptic Gregorian one, years 0000 to 9999: whatever these
/// functions read lies in it. Other notations of dates: base/date_pattern.hpp; of HTTP:
/// base/http_date.hpp. Pure functions, no clock, no allocation beyond the result.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace flit {

/// Always an existing day where a function of this room returns it.
using Date = std::chrono::year_month_day;

/// A date and a time of day without a zone.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// An instant and how it was written, so that a comparison can tell "the same moment, written
/// otherwise" and a report can show the source's own time.
struct ParsedInstant {
  Instant instant;
  std::chrono::minutes offset{0};  ///< local minus UTC as written; 0 for "Z"
  int fraction_digits = 0;         ///< digits behind the seconds as written
  bool exact = true;               ///< false: digits beyond the microsecond were cut off
};

/// "2026-01-31". Nothing else: no time, no single digits, no 30 February.
Result<Date> parse_date(std::string_view text);

/// "2026-01-31T14:05:09.123Z": date, "T", time with seconds, any number of decimals, then "Z",
/// "+01:00" or "+0100". A leap second (23:59:60 UTC) is the first moment of the next day, since
/// Instant has none. 24:00:00 is refused.
Result<ParsedInstant> parse_instant_as_written(std::string_view text);
Result<Instant> parse_instant(std::string_view text);

/// "2025-11-02 01:30:00" or with "T", decimals allowed, without any zone.
Result<LocalTime> parse_local_time(std::string_view text);

/// How format_instant writes the zone.
enum class OffsetStyle {
  z,        ///< "Z", or "+01:00" when an offset is asked for
  colon,    ///< "+00:00"
  compact,  ///< "+0000", as Salesforce writes it
};

struct InstantFormat {
  int fraction_digits = 0;  ///< 0 to 6; what is finer is cut off, never rounded up
  OffsetStyle style = OffsetStyle::z;
  std::chrono::minutes offset{0};  ///< the local time written is UTC plus this
};

/// A moment outside the calendar comes out as its number of microseconds.
std::string format_instant(Instant instant, InstantFormat format = {});
void append_instant(std::string& out, Instant instant, InstantFormat format = {});

/// REQUIRES: date.ok().
std::string format_date(Date date);
void append_date(std::string& out, Date date);

/// "2025-11-02T01:30:00" with 0 to 6 decimals.
std::string format_local_time(LocalTime time, int fraction_digits = 0);

/// Fault::permanent outside the years 0000 to 9999.
Result<Instant> instant_from_epoch_seconds(std::int64_t seconds);
Result<Instant> instant_from_epoch_ms(std::int64_t milliseconds);

/// Rounded towards the past.
std::int64_t epoch_seconds(Instant instant);
std::int64_t epoch_ms(Instant instant);

/// The calendar day of a wall-clock time, and its midnight.
Date date_of(LocalTime time);
LocalTime midnight(Date date);

/// The calendar day in UTC; at a zone: Zone::date_at.
Date utc_date_of(Instant instant);

/// Whether a moment lies in the years 0000 to 9999.
bool in_calendar(Instant instant);

}  // namespace flit
