#include "base/date_pattern.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/detail/clock_text.hpp"
#include "base/excerpt.hpp"

namespace flit {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::string_view known_directives = "YymdebBaAHIMSp";

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> weekday_names = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

/// The sort of thing a directive determines: two of a kind in one pattern contradict each other.
char field_of(char letter) {
  switch (letter) {
    case 'y':
      return 'Y';
    case 'e':
      return 'd';
    case 'b':
    case 'B':
      return 'm';
    case 'A':
      return 'a';
    case 'I':
      return 'H';
    default:
      return letter;
  }
}

/// Why these directives do not make one day and at most one time of day; empty if they do.
std::string_view contradiction(std::string_view letters) {
  std::string fields;
  for (const char letter : letters) {
    if (fields.find(field_of(letter)) != std::string::npos)
      return "expected every part of the date only once";
    fields.push_back(field_of(letter));
  }
  const auto has = [](std::string_view list, char letter) {
    return list.find(letter) != std::string_view::npos;
  };
  if (!has(fields, 'Y') || !has(fields, 'm') || !has(fields, 'd'))
    return "expected a year, a month and a day";
  if (has(letters, 'p') != has(letters, 'I')) return "expected %I and %p together";
  if ((has(fields, 'M') || has(fields, 'S')) && !has(fields, 'H')) return "expected an hour";
  return {};
}

Error bad_pattern(std::string_view pattern, std::string_view why) {
  return Error{
      .fault = Fault::setup,
      .message = fmt::format("found the date pattern {}, {}", excerpt(pattern), why),
      .remedy = "write it with %Y %y %m %d %e %b %B %a %A %H %I %M %S %p %%, as in %d.%m.%Y"};
}

/// What has been read so far.
struct Fields {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  int half = 0;  // -1: a.m., 1: p.m.
};

/// Takes at least `fewest` and at most `most` digits off the front.
bool take_number(std::string_view& text, std::size_t fewest, std::size_t most, unsigned& value) {
  std::size_t count = 0;
  value = 0;
  for (; count < most && count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count)
    value = value * 10 + static_cast<unsigned>(text[count] - '0');
  text.remove_prefix(count);
  return count >= fewest;
}

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size() ||
      !std::ranges::equal(text.substr(0, word.size()), word, {}, lowered, lowered))
    return false;
  text.remove_prefix(word.size());
  return true;
}

/// Takes a name of the list, whole or its first three letters; gives its place, from 1.
template <std::size_t Count>
bool take_name(std::string_view& text, const std::array<std::string_view, Count>& names,
               unsigned& place) {
  for (place = 1; place <= Count; ++place) {
    const std::string_view name = names[place - 1];
    if (take_word(text, name) || take_word(text, name.substr(0, 3))) return true;
  }
  return false;
}

bool take_year(std::string_view& text, std::size_t digits, int& year) {
  unsigned value = 0;
  if (!take_number(text, digits, digits, value)) return false;
  year = static_cast<int>(value);
  if (digits == 2) year += value >= 69 ? 1900 : 2000;  // POSIX, strptime(3), %y
  return true;
}

bool take_half(std::string_view& text, int& half) {
  half = take_word(text, "AM") ? -1 : take_word(text, "PM") ? 1 : 0;
  return half != 0;
}

bool take_directive(char letter, std::string_view& text, Fields& fields) {
  unsigned ignored = 0;
  switch (letter) {
    case 'Y':
      return take_year(text, 4, fields.year);
    case 'y':
      return take_year(text, 2, fields.year);
    case 'm':
      return take_number(text, 1, 2, fields.month);
    case 'b':
    case 'B':
      return take_name(text, month_names, fields.month);
    case 'd':
      return take_number(text, 1, 2, fields.day);
    case 'e':
      if (text.starts_with(' ')) text.remove_prefix(1);
      return take_number(text, 1, 2, fields.day);
    case 'a':
    case 'A':
      return take_name(text, weekday_names, ignored);
    case 'H':
    case 'I':
      return take_number(text, 1, 2, fields.hour);
    case 'M':
      return take_number(text, 1, 2, fields.minute);
    case 'S':
      return take_number(text, 1, 2, fields.second);
    case 'p':
      return take_half(text, fields.half);
  }
  return false;
}

/// 12 a.m. is 0, 12 p.m. is 12. False when the hour is none of its clock.
bool settle_half_of_day(Fields& fields) {
  if (fields.half == 0) return fields.hour <= 23;
  if (fields.hour < 1 || fields.hour > 12) return false;
  fields.hour = fields.hour % 12 + (fields.half > 0 ? 12 : 0);
  return true;
}

std::optional<LocalTime> joined(Fields fields) {
  const Date date{std::chrono::year(fields.year), std::chrono::month(fields.month),
                  std::chrono::day(fields.day)};
  if (!date.ok() || !settle_half_of_day(fields) || fields.minute > 59 || fields.second > 59)
    return std::nullopt;
  return midnight(date) + std::chrono::hours(fields.hour) + std::chrono::minutes(fields.minute) +
         std::chrono::seconds(fields.second);
}

struct TimeParts {
  Date date;
  unsigned weekday = 0;
  std::chrono::hh_mm_ss<std::chrono::microseconds> time;

  explicit TimeParts(LocalTime local)
      : date(floor<days>(local)),
        weekday(std::chrono::weekday(floor<days>(local)).c_encoding()),
        time(local - floor<days>(local)) {}
};

void append_directive(std::string& out, char letter, const TimeParts& parts) {
  const auto two = [&out](auto value) { detail::append_two(out, static_cast<unsigned>(value)); };
  const auto day = static_cast<unsigned>(parts.date.day());
  const auto& month = month_names[static_cast<unsigned>(parts.date.month()) - 1];
  const auto hour = parts.time.hours().count();
  switch (letter) {
    case 'Y':
      out += fmt::format("{:04}", static_cast<int>(parts.date.year()));
      return;
    case 'y':
      return two(static_cast<int>(parts.date.year()) % 100);
    case 'm':
      return two(static_cast<unsigned>(parts.date.month()));
    case 'd':
      return two(day);
    case 'e':
      out += fmt::format("{:2}", day);
      return;
    case 'b':
      out += month.substr(0, 3);
      return;
    case 'B':
      out += month;
      return;
    case 'a':
      out += weekday_names[parts.weekday].substr(0, 3);
      return;
    case 'A':
      out += weekday_names[parts.weekday];
      return;
    case 'H':
      return two(hour);
    case 'I':
      return two((hour + 11) % 12 + 1);
    case 'M':
      return two(parts.time.minutes().count());
    case 'S':
      return two(parts.time.seconds().count());
    case 'p':
      out += hour < 12 ? "AM" : "PM";
      return;
  }
}

}  // namespace

Result<DatePattern> DatePattern::compile(std::string_view pattern) {
  DatePattern compiled;
  compiled.text_ = pattern;
  std::string letters;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      compiled.items_.push_back({.letter = 0, .literal = pattern[i]});
      continue;
    }
    const char letter = i + 1 < pattern.size() ? pattern[++i] : '\0';
    if (letter == '%') {
      compiled.items_.push_back({.letter = 0, .literal = '%'});
      continue;
    }
    if (letter == '\0' || known_directives.find(letter) == std::string_view::npos)
      return bad_pattern(pattern, fmt::format("expected a known directive at byte {}", i));
    letters.push_back(letter);
    compiled.items_.push_back({.letter = letter, .literal = 0});
  }
  if (const auto why = contradiction(letters); !why.empty()) return bad_pattern(pattern, why);
  compiled.has_time_of_day_ = letters.find_first_of("HI") != std::string::npos;
  return compiled;
}

Result<LocalTime> DatePattern::parse(std::string_view text) const {
  Fields fields;
  std::string_view rest = text;
  bool good = true;
  for (const Item& item : items_) {
    if (item.letter != 0) {
      good = take_directive(item.letter, rest, fields);
    } else {
      good = rest.starts_with(item.literal);
      if (good) rest.remove_prefix(1);
    }
    if (!good) break;
  }
  const auto time = good && rest.empty() ? joined(fields) : std::nullopt;
  if (!time)
    return Error{.message =
                     fmt::format("found {}, expected a date written as {}", excerpt(text), text_)};
  return *time;
}

Result<Date> DatePattern::parse_date(std::string_view text) const {
  FLIT_TRY(time, parse(text));
  return date_of(time);
}

std::string DatePattern::format(LocalTime time) const {
  const TimeParts parts(time);
  std::string out;
  for (const Item& item : items_) {
    if (item.letter != 0)
      append_directive(out, item.letter, parts);
    else
      out.push_back(item.literal);
  }
  return out;
}

}  // namespace flit
