#pragma once
/// @file The pieces that texts of dates and times are made of: fixed-width digits, days, times of
/// day. A hot path of loading; nothing here allocates.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace flit::detail {

inline constexpr std::uint32_t not_digits = 0x8000'0000U;

/// The value of `count` digits at `at`; has the not_digits bit when one of them is none.
inline std::uint32_t read_digits(const char* at, std::size_t count) {
  std::uint32_t value = 0;
  std::uint32_t bad = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto digit = static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])) - '0';
    bad |= digit > 9 ? not_digits : 0;
    value = value * 10 + digit % 16;
  }
  return value | bad;
}

/// A time of day, read but not yet placed on a day.
struct TimeOfDay {
  std::chrono::microseconds since_midnight{0};
  int fraction_digits = 0;
  bool exact = true;
  bool leap_second = false;  ///< the seconds were 60; counted as the first of the next minute
};

/// Ten characters "YYYY-MM-DD". REQUIRES: text.size() >= 10.
std::optional<Date> read_iso_date(std::string_view text);

/// Takes "HH:MM:SS[.f…]" off the front of `text`.
std::optional<TimeOfDay> take_time_of_day(std::string_view& text);

/// Appends "HH:MM:SS[.f…]".
void append_time_of_day(std::string& out, std::chrono::microseconds since_midnight,
                        int fraction_digits);

/// Appends exactly two digits. REQUIRES: value < 100.
void append_two(std::string& out, unsigned value);

}  // namespace flit::detail
