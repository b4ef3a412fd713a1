#include "base/decimal.hpp"

#include <algorithm>
#include <limits>

#include "base/detail/decimal_parts.hpp"
#include "base/hash.hpp"

namespace flit {

using detail::DecimalParts;
using detail::powers_of_ten;
using detail::Wide;

DecimalParts detail::DecimalParts::trimmed() const {
  DecimalParts parts = *this;
  if (magnitude == 0) parts.scale = 0;
  while (parts.drop_one_zero()) {
  }
  return parts;
}

namespace {

Wide power_of_ten(int exponent) {
  return powers_of_ten[static_cast<std::size_t>(exponent)];
}

/// Gives the part with fewer places as many as the other has. False when its magnitude outgrows
/// 128 bits; nothing is changed then.
bool align(DecimalParts& a, DecimalParts& b) {
  DecimalParts& coarse = a.scale < b.scale ? a : b;
  const int scale = std::max(a.scale, b.scale);
  Wide magnitude = 0;
  if (__builtin_mul_overflow(coarse.magnitude, power_of_ten(scale - coarse.scale), &magnitude))
    return false;
  coarse.magnitude = magnitude;
  coarse.scale = scale;
  return true;
}

/// The sum, if 128 bits suffice on the way to it.
std::optional<Decimal> short_sum(DecimalParts a, DecimalParts b) {
  if (!align(a, b)) return std::nullopt;
  DecimalParts sum = a;
  if (a.negative == b.negative) {
    if (__builtin_add_overflow(a.magnitude, b.magnitude, &sum.magnitude)) return std::nullopt;
  } else {
    sum.negative = a.magnitude >= b.magnitude ? a.negative : b.negative;
    sum.magnitude =
        a.magnitude >= b.magnitude ? a.magnitude - b.magnitude : b.magnitude - a.magnitude;
  }
  while (!sum.fits())
    if (!sum.drop_one_zero()) return std::nullopt;
  return sum.join();
}

Result<Decimal> sum_of(const DecimalParts& a, const DecimalParts& b) {
  if (const auto sum = short_sum(a, b)) return *sum;
  // Zeros that end a fraction can be in the way (10^37 + 0.00). Without them 128 bits are too few
  // only where the sum does not end in zero, and so is too long by all means.
  if (const auto sum = short_sum(a.trimmed(), b.trimmed())) return *sum;
  return detail::too_long_result("sum");
}

/// Drops `places` digits, 1 to 38, with rounding.
Wide shortened(Wide magnitude, int places, RoundingMode mode) {
  const Wide unit = power_of_ten(places);
  const Wide kept = magnitude / unit;
  const Wide rest = magnitude % unit;
  const std::weak_ordering half = rest <=> unit - rest;  // twice the rest would be too long
  return kept + (detail::rounds_away(mode, kept % 2 != 0, half) ? 1U : 0U);
}

}  // namespace

Decimal Decimal::of(std::int64_t coefficient, int scale) {
  detail::check_scale(scale);
  const auto bits = static_cast<std::uint64_t>(coefficient);
  return DecimalParts{coefficient < 0, coefficient < 0 ? 0 - bits : bits, scale}.join();
}

int Decimal::integer_digits() const {
  const auto parts = DecimalParts::of(*this);
  return std::max(0, detail::digits_of(parts.magnitude) - parts.scale);
}

int Decimal::fraction_digits() const {
  return DecimalParts::of(*this).trimmed().scale;
}

std::optional<std::int64_t> Decimal::as_integer() const {
  const auto parts = DecimalParts::of(*this).trimmed();
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (parts.scale != 0 || parts.magnitude > static_cast<Wide>(largest) + (parts.negative ? 1U : 0U))
    return std::nullopt;
  const auto bits = static_cast<std::uint64_t>(parts.magnitude);
  return static_cast<std::int64_t>(parts.negative ? 0 - bits : bits);
}

Decimal Decimal::negated() const {
  Decimal result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

Result<Decimal> Decimal::plus(const Decimal& other) const {
  return sum_of(DecimalParts::of(*this), DecimalParts::of(other));
}

Result<Decimal> Decimal::minus(const Decimal& other) const {
  return sum_of(DecimalParts::of(*this), DecimalParts::of(other.negated()));
}

Result<Decimal> Decimal::scale10(int exponent) const {
  auto parts = DecimalParts::of(*this);
  if (parts.magnitude == 0) return *this;
  // Every value has a magnitude below 10^38 and at most 38 places: nothing survives a longer move.
  if (exponent < -2 * max_digits || exponent > 2 * max_digits)
    return detail::too_long_result("shifted number");
  parts.scale -= exponent;
  if (parts.scale < 0) {
    const int missing = std::min(-parts.scale, max_digits);
    if (__builtin_mul_overflow(parts.magnitude, power_of_ten(missing), &parts.magnitude))
      return detail::too_long_result("shifted number");
    parts.scale += missing;
  }
  if (parts.scale < 0) return detail::too_long_result("shifted number");
  while (!parts.fits())
    if (!parts.drop_one_zero()) return detail::too_long_result("shifted number");
  return parts.join();
}

Decimal Decimal::rounded(int scale, RoundingMode mode) const {
  FLIT_CHECK(scale >= 0, "a scale is a number of places");
  auto parts = DecimalParts::of(*this);
  if (parts.scale <= scale) return *this;
  parts.magnitude = shortened(parts.magnitude, parts.scale - scale, mode);
  parts.scale = scale;
  return parts.join();
}

Result<Decimal> Decimal::rescaled(int scale, RoundingMode mode) const {
  detail::check_scale(scale);
  auto parts = DecimalParts::of(rounded(scale, mode));
  const Wide factor = power_of_ten(scale - parts.scale);
  if (__builtin_mul_overflow(parts.magnitude, factor, &parts.magnitude))
    return detail::too_long_result("rescaled number");
  parts.scale = scale;
  if (!parts.fits()) return detail::too_long_result("rescaled number");
  return parts.join();
}

std::weak_ordering Decimal::operator<=>(const Decimal& other) const {
  if (negative_ != other.negative_)
    return negative_ ? std::weak_ordering::less : std::weak_ordering::greater;
  auto a = DecimalParts::of(*this);
  auto b = DecimalParts::of(other);
  // Where alignment overflows, the one with fewer places is longer than any magnitude may be.
  std::weak_ordering order = align(a, b) ? a.magnitude <=> b.magnitude : b.scale <=> a.scale;
  return negative_ ? 0 <=> order : order;
}

std::size_t Decimal::hash() const {
  const auto parts = DecimalParts::of(*this).trimmed();
  const auto tag = static_cast<std::uint64_t>(parts.scale) << 1 | (parts.negative ? 1U : 0U);
  return mix64(detail::low_half(parts.magnitude) ^
               mix64(detail::high_half(parts.magnitude) ^ mix64(tag)));
}

}  // namespace flit
