#include "base/http_date.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/date_pattern.hpp"
#include "base/excerpt.hpp"

namespace flit {
namespace {

using std::chrono::seconds;

constexpr seconds longest_wait = std::chrono::hours(24 * 365);

DatePattern compiled(std::string_view pattern) {
  auto result = DatePattern::compile(pattern);
  FLIT_CHECK(result.has_value(), "these patterns are our own");
  return *std::move(result);
}

const DatePattern& imf_fixdate() {
  static const DatePattern pattern = compiled("%a, %d %b %Y %H:%M:%S GMT");
  return pattern;
}

const DatePattern& rfc850_date() {
  static const DatePattern pattern = compiled("%A, %d-%b-%y %H:%M:%S GMT");
  return pattern;
}

const DatePattern& asctime_date() {
  static const DatePattern pattern = compiled("%a %b %e %H:%M:%S %Y");
  return pattern;
}

Instant as_utc(LocalTime time) {
  return Instant(time.time_since_epoch());
}

/// The same day of the year in the century that `now` suggests (RFC 9110, section 5.6.7).
std::optional<Instant> in_likely_century(LocalTime time, Instant now) {
  const Date read = date_of(time);
  const auto time_of_day = time - midnight(read);
  const int this_year = static_cast<int>(utc_date_of(now).year());
  int year = this_year - this_year % 100 + static_cast<int>(read.year()) % 100 + 100;
  while (year > this_year + 50) year -= 100;
  const Date date{std::chrono::year(year), read.month(), read.day()};
  if (!date.ok()) return std::nullopt;
  return as_utc(midnight(date) + time_of_day);
}

std::optional<Instant> parse_without_leap_second(std::string_view text, Instant now) {
  for (const DatePattern* pattern : {&imf_fixdate(), &asctime_date()})
    if (const auto time = pattern->parse(text)) return as_utc(*time);
  if (const auto time = rfc850_date().parse(text)) return in_likely_century(*time, now);
  return std::nullopt;
}

}  // namespace

std::string format_http_date(Instant instant) {
  return imf_fixdate().format(LocalTime(instant.time_since_epoch()));
}

Result<Instant> parse_http_date(std::string_view text, Instant now) {
  if (const auto instant = parse_without_leap_second(text, now)) return *instant;
  if (const std::size_t at = text.find(":59:60"); at != std::string_view::npos) {
    std::string second_before(text);
    second_before.replace(at, 6, ":59:59");
    if (const auto instant = parse_without_leap_second(second_before, now))
      return *instant + seconds(1);
  }
  return Error{.message = fmt::format("found {}, expected an HTTP date such as "
                                      "Sun, 06 Nov 1994 08:49:37 GMT",
                                      excerpt(text))};
}

Result<seconds> parse_retry_after(std::string_view text, Instant now) {
  if (!text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    seconds wait{0};
    for (const char c : text) wait = std::min(wait * 10 + seconds(c - '0'), longest_wait);
    return wait;
  }
  FLIT_TRY(until, parse_http_date(text, now));
  // Rounded up: coming back within the last second would be inside the wait.
  return std::clamp(std::chrono::ceil<seconds>(until - now), seconds(0), longest_wait);
}

}  // namespace flit
