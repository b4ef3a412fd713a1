#include "base/time.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/detail/clock_text.hpp"
#include "base/excerpt.hpp"

namespace flit {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

namespace detail {

std::optional<Date> read_iso_date(std::string_view text) {
  const std::uint32_t year = read_digits(text.data(), 4);
  const std::uint32_t month = read_digits(text.data() + 5, 2);
  const std::uint32_t day = read_digits(text.data() + 8, 2);
  if (((year | month | day) & not_digits) != 0 || text[4] != '-' || text[7] != '-')
    return std::nullopt;
  const Date date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                  std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return date;
}

namespace {

/// Takes ".123…" off the front of `text`, if it starts so. False: a point without digits.
bool take_fraction(std::string_view& text, TimeOfDay& time) {
  if (text.empty() || text[0] != '.') return true;
  std::size_t i = 1;
  std::int64_t micros = 0;
  for (std::int64_t unit = 100'000; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    time.exact &= unit != 0 || text[i] == '0';
    micros += (text[i] - '0') * unit;
    unit /= 10;
  }
  if (i == 1) return false;
  time.since_midnight += microseconds(micros);
  time.fraction_digits = static_cast<int>(std::min<std::size_t>(i - 1, 1'000'000));
  text.remove_prefix(i);
  return true;
}

}  // namespace

std::optional<TimeOfDay> take_time_of_day(std::string_view& text) {
  if (text.size() < 8) return std::nullopt;
  const std::uint32_t hour = read_digits(text.data(), 2);
  const std::uint32_t minute = read_digits(text.data() + 3, 2);
  const std::uint32_t second = read_digits(text.data() + 6, 2);
  if (text[2] != ':' || text[5] != ':' || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  TimeOfDay time;
  time.since_midnight = hours(hour) + minutes(minute) + seconds(second);
  time.leap_second = second == 60;
  text.remove_prefix(8);
  if (!take_fraction(text, time)) return std::nullopt;
  return time;
}

void append_two(std::string& out, unsigned value) {
  out.append({static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)});
}

void append_time_of_day(std::string& out, microseconds since_midnight, int fraction_digits) {
  FLIT_CHECK(fraction_digits >= 0 && fraction_digits <= 6, "an instant has six decimals");
  auto micros = static_cast<std::uint64_t>(since_midnight.count());
  const auto whole = static_cast<std::uint32_t>(micros / 1'000'000);
  std::array<char, 15> text{'0', '0', ':', '0', '0', ':', '0', '0', '.'};
  const auto put = [&text](std::size_t at, std::uint32_t value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(0, whole / 3600);
  put(3, whole / 60 % 60);
  put(6, whole % 60);
  micros %= 1'000'000;
  for (std::size_t at = text.size(); at-- > 9; micros /= 10)
    text[at] = static_cast<char>('0' + micros % 10);
  out.append(text.data(), fraction_digits == 0 ? 8 : 9 + static_cast<std::size_t>(fraction_digits));
}

}  // namespace detail

namespace {

constexpr Instant first_instant =
    sys_days(Date(std::chrono::year(0), std::chrono::month(1), std::chrono::day(1)));
constexpr Instant end_of_calendar =
    sys_days(Date(std::chrono::year(10'000), std::chrono::month(1), std::chrono::day(1)));

Error not_understood(std::string_view text, std::string_view expected) {
  return Error{.message = fmt::format("found {}, expected {}", excerpt(text), expected)};
}

Error no_instant(std::string_view text) {
  return not_understood(text, "an instant such as 2026-01-31T14:05:09Z or …+01:00");
}

Error out_of_calendar(std::int64_t number, std::string_view unit) {
  return Error{
      .message = fmt::format("found {} {} since 1970, expected a moment in the years 0000 to 9999",
                             number, unit),
      .remedy = "check whether the source counts seconds or milliseconds"};
}

/// "Z", "+hh:mm" or "+hhmm", and nothing behind it.
std::optional<minutes> read_offset(std::string_view text) {
  if (text == "Z" || text == "z") return minutes(0);
  const bool colon = text.size() == 6 && text[3] == ':';
  if ((!colon && text.size() != 5) || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const std::uint32_t hour = detail::read_digits(text.data() + 1, 2);
  const std::uint32_t minute = detail::read_digits(text.data() + (colon ? 4 : 3), 2);
  if (hour > 23 || minute > 59) return std::nullopt;
  const minutes offset(static_cast<int>(hour * 60 + minute));
  return text[0] == '-' ? -offset : offset;
}

/// Leap seconds are put in at the end of a day in UTC and nowhere else.
bool leap_second_is_possible(Instant instant, const detail::TimeOfDay& time) {
  return !time.leap_second || instant - floor<days>(instant) < seconds(1);
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  if (text.size() == 10)
    if (const auto date = detail::read_iso_date(text)) return *date;
  return not_understood(text, "an existing day as YYYY-MM-DD");
}

Result<ParsedInstant> parse_instant_as_written(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return no_instant(text);
  const auto date = detail::read_iso_date(text);
  std::string_view rest = text.substr(11);
  const auto time = detail::take_time_of_day(rest);
  const auto offset = read_offset(rest);
  if (!date || !time || !offset) return no_instant(text);
  const Instant instant = sys_days(*date) + time->since_midnight - *offset;
  if (!in_calendar(instant) || !leap_second_is_possible(instant, *time)) return no_instant(text);
  return ParsedInstant{instant, *offset, time->fraction_digits, time->exact};
}

Result<Instant> parse_instant(std::string_view text) {
  FLIT_TRY(parsed, parse_instant_as_written(text));
  return parsed.instant;
}

Result<LocalTime> parse_local_time(std::string_view text) {
  constexpr std::string_view expected = "a local time such as 2026-01-31 14:05:09, without a zone";
  if (text.size() < 19 || (text[10] != 'T' && text[10] != ' '))
    return not_understood(text, expected);
  const auto date = detail::read_iso_date(text);
  std::string_view rest = text.substr(11);
  const auto time = detail::take_time_of_day(rest);
  if (!date || !time || !rest.empty() || time->leap_second) return not_understood(text, expected);
  return LocalTime(midnight(*date) + time->since_midnight);
}

void append_date(std::string& out, Date date) {
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) {
    // An offset may push a local time over the end of the calendar; nothing reads this back.
    fmt::format_to(std::back_inserter(out), "{:+05}-{:02}-{:02}", year,
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return;
  }
  std::array<char, 10> text{};
  const auto put = [&text](std::size_t at, unsigned value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(0, static_cast<unsigned>(year) / 100);
  put(2, static_cast<unsigned>(year) % 100);
  put(5, static_cast<unsigned>(date.month()));
  put(8, static_cast<unsigned>(date.day()));
  text[4] = text[7] = '-';
  out.append(text.data(), text.size());
}

std::string format_date(Date date) {
  std::string out;
  append_date(out, date);
  return out;
}

void append_instant(std::string& out, Instant instant, InstantFormat format) {
  if (!in_calendar(instant)) {
    // A log line about a broken moment must still be written; nothing reads this back.
    fmt::format_to(std::back_inserter(out), "{} us since 1970", instant.time_since_epoch().count());
    return;
  }
  const LocalTime local(instant.time_since_epoch() + format.offset);
  const auto day = floor<days>(local);
  append_date(out, Date(day));
  out.push_back('T');
  detail::append_time_of_day(out, local - day, format.fraction_digits);
  if (format.style == OffsetStyle::z && format.offset == minutes(0)) {
    out.push_back('Z');
    return;
  }
  const auto size = static_cast<unsigned>(std::abs(format.offset.count()));
  FLIT_CHECK(size < 24 * 60, "an offset is less than a day");
  out.push_back(format.offset < minutes(0) ? '-' : '+');
  detail::append_two(out, size / 60);
  if (format.style != OffsetStyle::compact) out.push_back(':');
  detail::append_two(out, size % 60);
}

std::string format_instant(Instant instant, InstantFormat format) {
  std::string out;
  out.reserve(32);
  append_instant(out, instant, format);
  return out;
}

std::string format_local_time(LocalTime time, int fraction_digits) {
  std::string out;
  const auto day = floor<days>(time);
  append_date(out, Date(day));
  out.push_back('T');
  detail::append_time_of_day(out, time - day, fraction_digits);
  return out;
}

Result<Instant> instant_from_epoch_seconds(std::int64_t count) {
  if (count < first_instant.time_since_epoch() / seconds(1) ||
      count >= end_of_calendar.time_since_epoch() / seconds(1))
    return out_of_calendar(count, "seconds");
  return Instant(seconds(count));
}

Result<Instant> instant_from_epoch_ms(std::int64_t count) {
  using std::chrono::milliseconds;
  if (count < first_instant.time_since_epoch() / milliseconds(1) ||
      count >= end_of_calendar.time_since_epoch() / milliseconds(1))
    return out_of_calendar(count, "milliseconds");
  return Instant(milliseconds(count));
}

std::int64_t epoch_seconds(Instant instant) {
  return floor<seconds>(instant).time_since_epoch().count();
}

std::int64_t epoch_ms(Instant instant) {
  return floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

Date date_of(LocalTime time) {
  return Date(floor<days>(time));
}

LocalTime midnight(Date date) {
  return local_days(date);
}

Date utc_date_of(Instant instant) {
  return Date(floor<days>(instant));
}

bool in_calendar(Instant instant) {
  return instant >= first_instant && instant < end_of_calendar;
}

}  // namespace flit
