#include "base/detail/wide.hpp"

#include <algorithm>

namespace flit::detail {

int digits_of(Wide value) {
  const auto* const end = std::ranges::upper_bound(powers_of_ten, value);
  return static_cast<int>(end - powers_of_ten.begin());
}

Wide256 multiply(Wide a, Wide b) {
  const Wide low = static_cast<Wide>(low_half(a)) * low_half(b);
  const Wide cross1 = static_cast<Wide>(low_half(a)) * high_half(b);
  const Wide cross2 = static_cast<Wide>(high_half(a)) * low_half(b);
  const Wide high = static_cast<Wide>(high_half(a)) * high_half(b);
  const Wide middle = static_cast<Wide>(high_half(low)) + low_half(cross1) + low_half(cross2);
  return {high + high_half(cross1) + high_half(cross2) + high_half(middle),
          make_wide(low_half(middle), low_half(low))};
}

std::uint64_t divide_by_small(Wide256& value, std::uint64_t divisor) {
  std::uint64_t remainder = 0;
  const auto step = [&](std::uint64_t limb) {
    const Wide dividend = make_wide(remainder, limb);
    remainder = low_half(dividend % divisor);
    return low_half(dividend / divisor);
  };
  const std::uint64_t limb3 = step(high_half(value.high));
  const std::uint64_t limb2 = step(low_half(value.high));
  const std::uint64_t limb1 = step(high_half(value.low));
  const std::uint64_t limb0 = step(low_half(value.low));
  value = {make_wide(limb3, limb2), make_wide(limb1, limb0)};
  return remainder;
}

namespace {

Wide256 minus(const Wide256& a, const Wide256& b) {
  return {a.high - b.high - (a.low < b.low ? 1U : 0U), a.low - b.low};
}

/// Shifts left by one and lets `bit` in at the low end.
Wide256 shifted_in(const Wide256& value, unsigned bit) {
  return {value.high << 1 | value.low >> 127, value.low << 1 | bit};
}

}  // namespace

Division divide(const Wide256& dividend, const Wide256& divisor) {
  if (dividend.high == 0 && divisor.high == 0)
    return {{0, dividend.low / divisor.low}, {0, dividend.low % divisor.low}};
  Division result;
  for (int i = 255; i >= 0; --i) {  // the long division of school, in binary
    const Wide limb = i >= 128 ? dividend.high : dividend.low;
    result.remainder = shifted_in(result.remainder, static_cast<unsigned>(limb >> (i % 128) & 1U));
    const bool fits = result.remainder >= divisor;
    if (fits) result.remainder = minus(result.remainder, divisor);
    result.quotient = shifted_in(result.quotient, fits ? 1U : 0U);
  }
  return result;
}

}  // namespace flit::detail
