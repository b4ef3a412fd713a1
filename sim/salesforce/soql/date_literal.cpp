#include "sim/salesforce/soql/date_literal.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

enum class Unit { day, week, month, quarter, year };

/// Which run of units is meant, relative to the current one: [from, to), as multiples of n where
/// counted.
enum class Run { current, last, next, last_n, next_n, n_ago };

struct Parsed {
  Unit unit = Unit::day;
  Run run = Run::current;
  std::int64_t fixed = 0;  ///< of LAST_90_DAYS
};

std::optional<Unit> unit_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Unit>, 5> units{
      {{"DAY", Unit::day},
       {"WEEK", Unit::week},
       {"MONTH", Unit::month},
       {"QUARTER", Unit::quarter},
       {"YEAR", Unit::year}}};
  const bool fiscal = name.substr(0, 7) == "FISCAL_";
  if (fiscal) name.remove_prefix(7);
  for (const auto& [text, unit] : units)
    if (text == name && (!fiscal || unit >= Unit::quarter)) return unit;
  return std::nullopt;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix)
    return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// The literals that do not end in a unit of their own.
std::optional<Parsed> parsed_word(std::string_view upper) {
  static constexpr std::array<std::pair<std::string_view, Parsed>, 5> words{
      {{"YESTERDAY", {Unit::day, Run::last}},
       {"TODAY", {Unit::day, Run::current}},
       {"TOMORROW", {Unit::day, Run::next}},
       {"LAST_90_DAYS", {Unit::day, Run::last_n, 90}},
       {"NEXT_90_DAYS", {Unit::day, Run::next_n, 90}}}};
  for (const auto& [text, meaning] : words)
    if (text == upper) return meaning;
  return std::nullopt;
}

std::optional<Parsed> parsed(std::string_view name) {
  std::string upper(name);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (const auto word = parsed_word(upper)) return word;
  std::string_view rest = upper;
  Run run = Run::current;
  bool plural = true;
  if (take_prefix(rest, "LAST_N_")) {
    run = Run::last_n;
  } else if (take_prefix(rest, "NEXT_N_")) {
    run = Run::next_n;
  } else if (take_prefix(rest, "N_")) {
    run = Run::n_ago;
    if (!take_suffix(rest, "_AGO")) return std::nullopt;
  } else {
    plural = false;
    if (take_prefix(rest, "LAST_"))
      run = Run::last;
    else if (take_prefix(rest, "NEXT_"))
      run = Run::next;
    else if (!take_prefix(rest, "THIS_"))
      return std::nullopt;
  }
  if (plural && !take_suffix(rest, "S")) return std::nullopt;
  const auto unit = unit_of(rest);
  if (!unit || (!plural && *unit == Unit::day)) return std::nullopt;
  return Parsed{*unit, run};
}

std::int64_t months_from_year_zero(sys_days day) {
  const std::chrono::year_month_day date(day);
  return std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month()) - 1;
}

std::int64_t first_day_of(std::int64_t month) {
  const std::int64_t year = month >= 0 ? month / 12 : (month - 11) / 12;
  const std::chrono::year_month_day day{
      std::chrono::year(static_cast<int>(year)),
      std::chrono::month(static_cast<unsigned>(month - year * 12 + 1)), std::chrono::day(1)};
  return sys_days(day).time_since_epoch().count();
}

/// The first day of the unit that is `steps` after the one that `today` lies in.
std::int64_t start_of(Unit unit, std::int64_t today, std::int64_t steps) {
  const sys_days day{days(today)};
  if (unit == Unit::day) return today + steps;
  if (unit == Unit::week) return today - std::chrono::weekday(day).c_encoding() + 7 * steps;
  const std::int64_t size = unit == Unit::month ? 1 : unit == Unit::quarter ? 3 : 12;
  const std::int64_t month = months_from_year_zero(day);
  return first_day_of(month - month % size + size * steps);
}

}  // namespace

std::optional<DateLiteralShape> date_literal_shape(std::string_view name) {
  const auto literal = parsed(name);
  if (!literal) return std::nullopt;
  return literal->run >= Run::last_n && literal->fixed == 0 ? DateLiteralShape::counted
                                                            : DateLiteralShape::plain;
}

DaySpan day_span(std::string_view name, std::int64_t count, std::int64_t today) {
  const Parsed literal = parsed(name).value_or(Parsed{});
  const std::int64_t n =
      literal.fixed != 0 ? literal.fixed : std::clamp<std::int64_t>(count, 0, 20'000);
  const auto span = [&](std::int64_t from, std::int64_t to) {
    return DaySpan{start_of(literal.unit, today, from), start_of(literal.unit, today, to)};
  };
  switch (literal.run) {
    case Run::current:
      return span(0, 1);
    case Run::last:
      return span(-1, 0);
    case Run::next:
      return span(1, 2);
    case Run::last_n:
      return span(-n, literal.unit == Unit::day ? 1 : 0);
    case Run::next_n:
      return span(1, 1 + n);
    case Run::n_ago:
      return span(-n, 1 - n);
  }
  return {};
}

}  // namespace flit::sim::salesforce::soql
