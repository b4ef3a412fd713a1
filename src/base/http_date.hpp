#pragma once
/// @file Dates as HTTP writes them (RFC 9110, section 5.6.7), and Retry-After (section 10.2.3).
///
/// Written is only the IMF-fixdate form; read are also the two obsolete ones. The name of the
/// weekday must be one, but is not compared with the date: a server that gets it wrong is obeyed.

#include <chrono>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace flit {

/// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string format_http_date(Instant instant);

/// Any of the three forms. `now` settles the century of a two-digit year: the last one that is not
/// more than 50 years ahead.
Result<Instant> parse_http_date(std::string_view text, Instant now);

/// How long to wait, from seconds or an HTTP date; a date that is past means no wait, and anything
/// longer than a year means a year.
Result<std::chrono::seconds> parse_retry_after(std::string_view text, Instant now);

}  // namespace flit
