#pragma once
/// @file Unsigned integers of 128 and 256 bits: just what Decimal needs of them.
///
/// Wide is the compiler's own; Wide256 is two of them and only as fast as a seldom path needs.

#include <array>
#include <cstddef>
#include <cstdint>

namespace flit::detail {

__extension__ using Wide = unsigned __int128;

inline constexpr Wide make_wide(std::uint64_t high, std::uint64_t low) {
  return static_cast<Wide>(high) << 64 | low;
}
inline constexpr std::uint64_t high_half(Wide value) {
  return static_cast<std::uint64_t>(value >> 64);
}
inline constexpr std::uint64_t low_half(Wide value) {
  return static_cast<std::uint64_t>(value);
}

/// 10^0 … 10^38, all that fit.
inline constexpr std::array<Wide, 39> powers_of_ten = [] {
  std::array<Wide, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

/// How many decimal digits; 0 has none.
int digits_of(Wide value);

struct Wide256 {
  Wide high = 0;
  Wide low = 0;

  auto operator<=>(const Wide256&) const = default;
};

Wide256 multiply(Wide a, Wide b);

/// Divides in place and returns the remainder.
std::uint64_t divide_by_small(Wide256& value, std::uint64_t divisor);

struct Division {
  Wide256 quotient;
  Wide256 remainder;
};

/// REQUIRES: divisor is not zero and below 2^255.
Division divide(const Wide256& dividend, const Wide256& divisor);

}  // namespace flit::detail
