#pragma once
/// @file Spans of time by name: Today, LastXDays, ThisFiscalPeriod, OlderThanXMonths … (§13)
///
/// Days are UTC, weeks start on Sunday, the fiscal year is the calendar year in quarters: the
/// settings of a new organization. Where the platform's page leaves the edges open, "last X" starts
/// at midnight and ends now, "next X" starts now and ends at midnight (assumed). FetchXML's
/// operators ("last-x-days") have the same names written with hyphens.

#include <cstdint>
#include <optional>
#include <string_view>

namespace flit::sim::dataverse::odata {

/// [from, to) in seconds; a missing edge is open.
struct TimeSpan {
  std::optional<std::int64_t> from{};
  std::optional<std::int64_t> to{};

  bool contains(std::int64_t second) const {
    return (!from || second >= *from) && (!to || second < *to);
  }
};

/// How many numbers the span of that name takes (0, 1 or 2); none if there is no such span.
std::optional<int> span_parameters(std::string_view name);

/// REQUIRES: span_parameters(name). `first` is the X, the fiscal year, or the fiscal period with
/// the year as `second`.
TimeSpan span_of(std::string_view name, std::int64_t now, std::int64_t first = 0,
                 std::int64_t second = 0);

}  // namespace flit::sim::dataverse::odata
