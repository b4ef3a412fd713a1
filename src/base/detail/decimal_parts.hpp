#pragma once
/// @file A Decimal taken apart, for the files that compute with it.

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/decimal.hpp"
#include "base/detail/wide.hpp"

namespace flit::detail {

struct DecimalParts {
  bool negative = false;
  Wide magnitude = 0;
  int scale = 0;

  static DecimalParts of(const Decimal& decimal) {
    return {decimal.negative_, make_wide(decimal.high_, decimal.low_), decimal.scale_};
  }

  bool fits() const {
    return magnitude < powers_of_ten[Decimal::max_digits] && scale <= Decimal::max_scale;
  }

  /// REQUIRES: fits().
  Decimal join() const {
    FLIT_CHECK(fits() && scale >= 0, "every caller checks the result of its arithmetic");
    Decimal decimal;
    decimal.high_ = high_half(magnitude);
    decimal.low_ = low_half(magnitude);
    decimal.scale_ = static_cast<std::uint8_t>(scale);
    decimal.negative_ = negative && magnitude != 0;
    return decimal;
  }

  /// Without the zeros that end the fraction.
  DecimalParts trimmed() const;

  /// One place less, if that loses nothing.
  bool drop_one_zero() {
    if (scale == 0 || magnitude % 10 != 0) return false;
    magnitude /= 10;
    --scale;
    return true;
  }
};

inline Error too_long_result(std::string_view operation) {
  return Error{.message = fmt::format("found a {} of more than {} digits, expected at most {}",
                                      operation, Decimal::max_digits, Decimal::max_digits),
               .remedy = "round the operands first"};
}

inline void check_scale(int scale) {
  FLIT_CHECK(scale >= 0 && scale <= Decimal::max_scale, "a scale is a number of places, 0 to 38");
}

/// Whether a magnitude is rounded away from zero, given its last digit and twice the dropped rest
/// compared with the unit of that digit.
inline bool rounds_away(RoundingMode mode, bool odd, std::weak_ordering twice_rest_to_unit) {
  switch (mode) {
    case RoundingMode::half_even:
      return twice_rest_to_unit > 0 || (twice_rest_to_unit == 0 && odd);
    case RoundingMode::half_up:
      return twice_rest_to_unit >= 0;
    case RoundingMode::down:
      return false;
  }
  return false;
}

}  // namespace flit::detail
