// Products and quotients of decimals: the operations that need 256 bits in between.

#include <algorithm>

#include "base/decimal.hpp"
#include "base/detail/decimal_parts.hpp"

namespace flit {

using detail::DecimalParts;
using detail::powers_of_ten;
using detail::Wide;
using detail::Wide256;

namespace {

bool is_too_long(const Wide256& value) {
  return value.high != 0 || value.low >= powers_of_ten[Decimal::max_digits];
}

/// value × 10^exponent; empty when that is 10^76 or more. REQUIRES: exponent >= 0.
std::optional<Wide256> shifted(Wide value, int exponent) {
  if (value == 0) return Wide256{};
  const int digits = detail::digits_of(value);
  if (digits + exponent > 2 * Decimal::max_digits) return std::nullopt;
  const int first = std::min(exponent, Decimal::max_digits - digits);
  const Wide start = value * powers_of_ten[static_cast<std::size_t>(first)];
  return detail::multiply(start, powers_of_ten[static_cast<std::size_t>(exponent - first)]);
}

std::weak_ordering twice_compared(const Wide256& rest, const Wide256& unit) {
  const Wide256 twice{rest.high << 1 | rest.low >> 127, rest.low << 1};  // rest < 2^255
  return twice <=> unit;
}

}  // namespace

Result<Decimal> Decimal::times(const Decimal& other) const {
  const auto a = DecimalParts::of(*this);
  const auto b = DecimalParts::of(other);
  Wide256 product = detail::multiply(a.magnitude, b.magnitude);
  int scale = a.scale + b.scale;
  if (product == Wide256{}) scale = std::min(scale, max_scale);
  while (is_too_long(product) || scale > max_scale) {
    if (scale == 0 || detail::divide_by_small(product, 10) != 0)
      return detail::too_long_result("product");
    --scale;
  }
  return DecimalParts{a.negative != b.negative, product.low, scale}.join();
}

Result<Decimal> Decimal::divided_by(const Decimal& divisor, int scale, RoundingMode mode) const {
  detail::check_scale(scale);
  if (divisor.is_zero())
    return Error{.message = "found a division by zero, expected any other divisor"};
  const auto a = DecimalParts::of(*this);
  const auto b = DecimalParts::of(divisor);
  const int exponent = scale + b.scale - a.scale;  // in [-38, 76]
  const auto dividend = shifted(a.magnitude, std::max(exponent, 0));
  const auto unit = shifted(b.magnitude, std::max(-exponent, 0));
  FLIT_CHECK(unit.has_value(), "38 digits and 38 zeros are 76");
  if (!dividend) return detail::too_long_result("quotient");  // 10^76 ÷ 10^38 is
  auto [quotient, rest] = detail::divide(*dividend, *unit);
  if (is_too_long(quotient)) return detail::too_long_result("quotient");
  if (detail::rounds_away(mode, quotient.low % 2 != 0, twice_compared(rest, *unit))) ++quotient.low;
  const DecimalParts parts{a.negative != b.negative, quotient.low, scale};
  if (!parts.fits()) return detail::too_long_result("quotient");
  return parts.join();
}

}  // namespace flit
