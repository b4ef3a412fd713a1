#pragma once
/// @file Date literals: TODAY, LAST_MONTH, NEXT_N_QUARTERS:2 … as spans of whole days.
///
/// Weeks start on Sunday (US English), fiscal years in January, days in UTC: what a new org has and
/// what the simulated one keeps. LAST_N_DAYS includes today, the other LAST_N_… end before the
/// current unit.

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::sim::salesforce::soql {

enum class DateLiteralShape : std::uint8_t { plain, counted };  ///< counted: a ":n" follows

/// None when it is no date literal. In any case of letters.
std::optional<DateLiteralShape> date_literal_shape(std::string_view name);

/// Days since 1970, the end excluded.
struct DaySpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// REQUIRES: date_literal_shape(name). `count` is cut to what a calendar holds.
DaySpan day_span(std::string_view name, std::int64_t count, std::int64_t today);

}  // namespace flit::sim::salesforce::soql
