#pragma once
/// @file Dates and wall-clock times in a stated notation: "%d.%m.%Y", "%m/%d/%Y %I:%M %p".
///
/// A pattern is compiled once, then reads and writes any number of texts. The directives are those
/// of strptime(3) that name a date or a time of day: %Y %y %m %d %e %b %B %a %A %H %I %M %S %p %%.
/// Reading: %Y takes exactly four digits; %y two (69–99 are 19xx, 00–68 are 20xx, as POSIX has it);
/// the other numbers one or two; names are English, whole or three letters, in any case, and a
/// weekday's is read but not compared. Everything else must match byte for byte, to the end.
/// No locale, no zone, no guessing which of two notations a text is in.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace flit {

class DatePattern {
 public:
  /// Fault::setup for an unknown directive, one that stands there twice, an hour without its half
  /// of the day, or a pattern that does not determine a day.
  static Result<DatePattern> compile(std::string_view pattern);

  Result<Date> parse_date(std::string_view text) const;

  /// Midnight when the pattern has no time of day.
  Result<LocalTime> parse(std::string_view text) const;

  /// Numbers in two digits (%Y in four, %e padded with a space), names with a capital.
  std::string format(LocalTime time) const;

  const std::string& text() const { return text_; }
  bool has_time_of_day() const { return has_time_of_day_; }

 private:
  /// A directive by its letter, or a literal byte.
  struct Item {
    char letter = 0;  // 0: literal
    char literal = 0;
  };

  std::string text_;
  std::vector<Item> items_;
  bool has_time_of_day_ = false;
};

}  // namespace flit
