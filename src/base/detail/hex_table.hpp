#pragma once
/// @file The two tables behind every hexadecimal text of the project (hex, percent-encoding,
/// UUIDs).

#include <array>
#include <cstdint>
#include <string_view>

namespace flit::detail {

inline constexpr std::uint8_t not_hex = 0xFF;

/// Character → 0…15, not_hex for everything else.
inline constexpr std::array<std::uint8_t, 256> hex_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_hex);
  for (unsigned i = 0; i < 10; ++i) values['0' + i] = static_cast<std::uint8_t>(i);
  for (unsigned i = 0; i < 6; ++i)
    values['a' + i] = values['A' + i] = static_cast<std::uint8_t>(10 + i);
  return values;
}();

inline constexpr std::uint8_t hex_value(char c) {
  return hex_values[static_cast<unsigned char>(c)];
}

inline constexpr std::string_view lower_hex = "0123456789abcdef";
inline constexpr std::string_view upper_hex = "0123456789ABCDEF";

}  // namespace flit::detail
