#pragma once
/// @file Dates as the Web API reads and writes them (fact sheet §10).
///
/// An instant without an offset is UTC; an explicit one is honoured; fractions of seconds are cut
/// off. Days and seconds count from 1970-01-01. Pure functions, no allocation.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flit::sim::dataverse {

/// "2016-09-28T22:57:53Z", "…T22:57:53.123-08:00", "…T22:57" and "…T22:57:53" too.
std::optional<std::int64_t> read_instant(std::string_view text);

/// "2016-09-28" and nothing else.
std::optional<std::int64_t> read_date(std::string_view text);

void append_instant_text(std::string& out, std::int64_t seconds);  ///< "2016-09-28T22:57:53Z"
void append_date_text(std::string& out, std::int64_t days);        ///< "2016-09-28"

/// 1753-01-01, before which the platform takes nothing.
inline constexpr std::int64_t first_day = -79257;
inline constexpr std::int64_t seconds_per_day = 86400;

}  // namespace flit::sim::dataverse
