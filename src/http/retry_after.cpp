#include <algorithm>
#include <cstdint>

#include <curl/curl.h>

#include "http/fault.hpp"

namespace flit::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest = std::chrono::hours(24 * 366);

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "24", "0.5", ".5": what services send, although the RFC knows only whole seconds. Fractions of a
/// millisecond are rounded up: waiting too short is what gets us refused again.
std::optional<milliseconds> parse_seconds(std::string_view text) {
  std::int64_t ms = 0;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i)
    ms = std::min<std::int64_t>(ms * 10 + std::int64_t{text[i] - '0'} * 1000, longest.count());
  if (i == text.size()) return i == 0 ? std::nullopt : std::optional(milliseconds(ms));
  if (text[i] != '.' || i + 1 == text.size()) return std::nullopt;
  std::int64_t unit = 100;
  bool rest = false;
  for (++i; i < text.size(); ++i, unit /= 10) {
    if (!is_digit(text[i])) return std::nullopt;
    ms += (text[i] - '0') * unit;
    rest = rest || (unit == 0 && text[i] != '0');
  }
  return std::min(milliseconds(ms + (rest ? 1 : 0)), longest);
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text) {
  // curl_getdate also reads "tomorrow 3 PM": only texts that start with a day's name are HTTP
  // dates.
  constexpr std::string_view days = "SunMonTueWedThuFriSat";
  if (text.size() < 3) return std::nullopt;
  const std::size_t day = days.find(text.substr(0, 3));
  if (day == std::string_view::npos || day % 3 != 0) return std::nullopt;
  const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
  constexpr time_t last = 253'402'300'799;  // 9999-12-31T23:59:59Z: an HTTP year has four digits
  if (seconds < 0 || seconds > last) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

std::optional<milliseconds> retry_after(const Headers& headers, Instant now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  if (const auto seconds = parse_seconds(*value)) return seconds;
  const auto date = parse_http_date(*value);
  if (!date) return std::nullopt;
  const auto sent = parse_http_date(headers.find("Date").value_or(""));
  const auto wait = std::chrono::ceil<milliseconds>(*date - sent.value_or(now));
  return std::clamp(wait, milliseconds(0), longest);
}

}  // namespace flit::http
