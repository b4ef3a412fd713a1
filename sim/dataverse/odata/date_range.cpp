#include "sim/dataverse/odata/date_range.hpp"

#include <algorithm>
#include <chrono>

namespace flit::sim::dataverse::odata {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

enum class Unit : std::uint8_t { minute, hour, day, week, month, quarter, year };
enum class Shape : std::uint8_t {
  whole,
  last_x,
  next_x,
  older,
  last_7,
  next_7,
  in_year,
  in_period,
  in_period_and_year,
  until_period,
  from_period
};

struct NamedSpan {
  std::string_view name;
  Shape shape;
  Unit unit;
  int offset;  ///< whole units from the current one
};

constexpr NamedSpan spans[] = {
    {"Yesterday", Shape::whole, Unit::day, -1},
    {"Today", Shape::whole, Unit::day, 0},
    {"Tomorrow", Shape::whole, Unit::day, 1},
    {"LastWeek", Shape::whole, Unit::week, -1},
    {"ThisWeek", Shape::whole, Unit::week, 0},
    {"NextWeek", Shape::whole, Unit::week, 1},
    {"LastMonth", Shape::whole, Unit::month, -1},
    {"ThisMonth", Shape::whole, Unit::month, 0},
    {"NextMonth", Shape::whole, Unit::month, 1},
    {"LastYear", Shape::whole, Unit::year, -1},
    {"ThisYear", Shape::whole, Unit::year, 0},
    {"NextYear", Shape::whole, Unit::year, 1},
    {"LastFiscalPeriod", Shape::whole, Unit::quarter, -1},
    {"ThisFiscalPeriod", Shape::whole, Unit::quarter, 0},
    {"NextFiscalPeriod", Shape::whole, Unit::quarter, 1},
    {"LastFiscalYear", Shape::whole, Unit::year, -1},
    {"ThisFiscalYear", Shape::whole, Unit::year, 0},
    {"NextFiscalYear", Shape::whole, Unit::year, 1},
    {"Last7Days", Shape::last_7, Unit::day, 0},
    {"Next7Days", Shape::next_7, Unit::day, 0},
    {"LastXHours", Shape::last_x, Unit::hour, 0},
    {"NextXHours", Shape::next_x, Unit::hour, 0},
    {"LastXDays", Shape::last_x, Unit::day, 0},
    {"NextXDays", Shape::next_x, Unit::day, 0},
    {"LastXWeeks", Shape::last_x, Unit::week, 0},
    {"NextXWeeks", Shape::next_x, Unit::week, 0},
    {"LastXMonths", Shape::last_x, Unit::month, 0},
    {"NextXMonths", Shape::next_x, Unit::month, 0},
    {"LastXYears", Shape::last_x, Unit::year, 0},
    {"NextXYears", Shape::next_x, Unit::year, 0},
    {"LastXFiscalPeriods", Shape::last_x, Unit::quarter, 0},
    {"NextXFiscalPeriods", Shape::next_x, Unit::quarter, 0},
    {"LastXFiscalYears", Shape::last_x, Unit::year, 0},
    {"NextXFiscalYears", Shape::next_x, Unit::year, 0},
    {"OlderThanXMinutes", Shape::older, Unit::minute, 0},
    {"OlderThanXHours", Shape::older, Unit::hour, 0},
    {"OlderThanXDays", Shape::older, Unit::day, 0},
    {"OlderThanXWeeks", Shape::older, Unit::week, 0},
    {"OlderThanXMonths", Shape::older, Unit::month, 0},
    {"OlderThanXYears", Shape::older, Unit::year, 0},
    {"InFiscalYear", Shape::in_year, Unit::year, 0},
    {"InFiscalPeriod", Shape::in_period, Unit::quarter, 0},
    {"InFiscalPeriodAndYear", Shape::in_period_and_year, Unit::quarter, 0},
    {"InOrBeforeFiscalPeriodAndYear", Shape::until_period, Unit::quarter, 0},
    {"InOrAfterFiscalPeriodAndYear", Shape::from_period, Unit::quarter, 0},
};

const NamedSpan* find_span(std::string_view name) {
  const auto* found = std::find_if(std::begin(spans), std::end(spans),
                                   [&](const NamedSpan& span) { return span.name == name; });
  return found == std::end(spans) ? nullptr : found;
}

std::int64_t seconds(sys_days day) {
  return sys_seconds(day).time_since_epoch().count();
}

sys_days day_of(std::int64_t second) {
  return std::chrono::floor<days>(sys_seconds(std::chrono::seconds(second)));
}

/// The first day of the unit that holds `day`, moved by `offset` units.
sys_days start_of(sys_days day, Unit unit, std::int64_t offset) {
  const year_month_day date(day);
  const auto first_of = [&](unsigned month, std::int64_t by) {
    const year_month_day first(date.year(), std::chrono::month(month), std::chrono::day(1));
    return sys_days(first + months(by));
  };
  const auto month = static_cast<unsigned>(date.month());
  switch (unit) {
    case Unit::minute:
    case Unit::hour:
    case Unit::day:
      return day + days(offset);
    case Unit::week:
      return day - (std::chrono::weekday(day) - std::chrono::Sunday) + days(7 * offset);
    case Unit::month:
      return first_of(month, offset);
    case Unit::quarter:
      return first_of((month - 1) / 3 * 3 + 1, 3 * offset);
    case Unit::year:
      return first_of(1, 12 * offset);
  }
  return day;
}

/// The same day and time `count` units away; a day that does not exist becomes the month's last.
std::int64_t moved(std::int64_t second, Unit unit, std::int64_t count) {
  switch (unit) {
    case Unit::minute:
      return second + count * 60;
    case Unit::hour:
      return second + count * 3600;
    case Unit::day:
      return second + count * 86'400;
    case Unit::week:
      return second + count * 7 * 86'400;
    case Unit::month:
    case Unit::quarter:
    case Unit::year:
      break;
  }
  const std::int64_t by = count * (unit == Unit::month ? 1 : unit == Unit::quarter ? 3 : 12);
  const sys_days day = day_of(second);
  year_month_day date = year_month_day(day) + months(by);
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return second - seconds(day) + seconds(sys_days(date));
}

/// Counts beyond this are clamped: the platform's dates end at 9999, and arithmetic must not wrap.
std::int64_t clamped(std::int64_t count, Unit unit = Unit::year) {
  const bool by_calendar = unit == Unit::month || unit == Unit::quarter || unit == Unit::year;
  const std::int64_t limit = by_calendar ? 10'000 : 1'000'000'000;
  return std::clamp(count, -limit, limit);
}

sys_days period_start(std::int64_t period, std::int64_t year) {
  const year_month_day first(std::chrono::year(static_cast<int>(clamped(year))),
                             std::chrono::January, std::chrono::day(1));
  return sys_days(first + months(3 * (clamped(period) - 1)));
}

TimeSpan whole_units(sys_days day, Unit unit, std::int64_t from, std::int64_t to) {
  return {seconds(start_of(day, unit, from)), seconds(start_of(day, unit, to))};
}

}  // namespace

std::optional<int> span_parameters(std::string_view name) {
  const NamedSpan* span = find_span(name);
  if (span == nullptr) return std::nullopt;
  switch (span->shape) {
    case Shape::whole:
    case Shape::last_7:
    case Shape::next_7:
      return 0;
    case Shape::last_x:
    case Shape::next_x:
    case Shape::older:
    case Shape::in_year:
    case Shape::in_period:
      return 1;
    case Shape::in_period_and_year:
    case Shape::until_period:
    case Shape::from_period:
      return 2;
  }
  return std::nullopt;
}

TimeSpan span_of(std::string_view name, std::int64_t now, std::int64_t first, std::int64_t second) {
  const NamedSpan& span = *find_span(name);
  const sys_days today = day_of(now);
  const std::int64_t midnight = seconds(today);
  const bool by_clock = span.unit == Unit::hour || span.unit == Unit::minute;
  const std::int64_t x = clamped(first, span.unit);
  const std::int64_t period = clamped(first);
  switch (span.shape) {
    case Shape::whole:
      return whole_units(today, span.unit, span.offset, span.offset + 1);
    case Shape::last_7:
      return {midnight - 7 * 86'400, now + 1};
    case Shape::next_7:
      return {now, midnight + 8 * 86'400};
    case Shape::last_x:
      if (span.unit == Unit::quarter || span.name == "LastXFiscalYears")
        return whole_units(today, span.unit, -x, 0);
      return {moved(by_clock ? now : midnight, span.unit, -x), now + 1};
    case Shape::next_x:
      if (span.unit == Unit::quarter || span.name == "NextXFiscalYears")
        return whole_units(today, span.unit, 1, x + 1);
      return {now, moved(by_clock ? now : midnight + 86'400, span.unit, x)};
    case Shape::older:
      return {{}, moved(by_clock ? now : midnight, span.unit, -x)};
    case Shape::in_year:
      return {seconds(period_start(1, period)), seconds(period_start(5, period))};
    case Shape::in_period: {
      const int year = static_cast<int>(year_month_day(today).year());
      return {seconds(period_start(period, year)), seconds(period_start(period + 1, year))};
    }
    case Shape::in_period_and_year:
      return {seconds(period_start(period, second)), seconds(period_start(period + 1, second))};
    case Shape::until_period:
      return {{}, seconds(period_start(period + 1, second))};
    case Shape::from_period:
      return {seconds(period_start(period, second)), {}};
  }
  return {};
}

}  // namespace flit::sim::dataverse::odata
