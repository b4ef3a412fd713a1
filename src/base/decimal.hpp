#pragma once
/// @file Exact decimal numbers: money, quantities and rates, never through a double.
///
/// A Decimal is a coefficient of up to 38 digits and a scale, the number of digits after the point
/// (0 to 38). The scale is kept as written, so 412500.10 comes out as 412500.10; comparison and
/// hash look at the value only (1.0 equals 1.00). Every operation is exact or rounds where its name
/// says so; a result that needs more than 38 digits is an error, nothing ever wraps. There is no
/// negative zero, no infinity and no NaN. 38 digits hold any Dataverse decimal (12 + 10) or
/// money (15 + 4; facts/dataverse.md §10) and the exact product of money and an exchange rate.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit {

namespace detail {
struct DecimalParts;
}

enum class RoundingMode {
  half_even,  ///< to the nearest, a tie to the even digit (0.5 → 0, 1.5 → 2)
  half_up,    ///< to the nearest, a tie away from zero (0.5 → 1, -0.5 → -1)
  down,       ///< towards zero: what cutting the text off does
};

class Decimal {
 public:
  static constexpr int max_digits = 38;
  static constexpr int max_scale = 38;

  /// What text() does with zeros at the end of the fraction.
  enum class Zeros { kept, dropped };

  /// Zero, scale 0.
  constexpr Decimal() = default;

  /// coefficient × 10^-scale: of(1234, 2) is 12.34. REQUIRES: scale in [0, max_scale].
  static Decimal of(std::int64_t coefficient, int scale = 0);

  /// Reads "-1234.50", "+5", ".5", "5.", "1.5e-3"; no white space, no grouping, no currency sign.
  /// Leading zeros count for nothing; zeros that end the fraction are kept up to 38 digits and
  /// dropped beyond, any other digit beyond is an error.
  static Result<Decimal> parse(std::string_view text);

  /// Never in exponent form: "-1234.50", "0.05", "0".
  std::string text(Zeros zeros = Zeros::kept) const;
  void append_to(std::string& out, Zeros zeros = Zeros::kept) const;

  int scale() const { return scale_; }
  bool is_zero() const { return (high_ | low_) == 0; }
  bool is_negative() const { return negative_; }
  int integer_digits() const;   ///< before the point, leading zeros not counted: 0 for 0.5
  int fraction_digits() const;  ///< after the point, zeros at the end not counted: 1 for 0.50

  /// The value, if it is whole and fits.
  std::optional<std::int64_t> as_integer() const;

  Decimal negated() const;
  Decimal absolute() const { return is_negative() ? negated() : *this; }

  /// Exact. The scale is the greater of both (times: their sum) unless only a smaller one fits.
  Result<Decimal> plus(const Decimal& other) const;
  Result<Decimal> minus(const Decimal& other) const;
  Result<Decimal> times(const Decimal& other) const;

  /// The quotient rounded to `scale` places. Fault::permanent when the divisor is zero.
  /// REQUIRES: scale in [0, max_scale].
  Result<Decimal> divided_by(const Decimal& divisor, int scale, RoundingMode mode) const;

  /// × 10^exponent, exact.
  Result<Decimal> scale10(int exponent) const;

  /// At most `scale` places: rounds when there are more, else unchanged. REQUIRES: scale >= 0.
  Decimal rounded(int scale, RoundingMode mode) const;

  /// Exactly `scale` places: rounds, or appends zeros. REQUIRES: scale in [0, max_scale].
  Result<Decimal> rescaled(int scale, RoundingMode mode) const;

  /// By value, whatever the scales.
  std::weak_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

  std::size_t hash() const;  ///< equal values hash alike

 private:
  friend struct detail::DecimalParts;

  std::uint64_t high_ = 0;  // the coefficient's magnitude, below 10^38, in two halves
  std::uint64_t low_ = 0;
  std::uint8_t scale_ = 0;
  bool negative_ = false;  // never set with a magnitude of zero
};

}  // namespace flit

template <>
struct std::hash<flit::Decimal> {
  std::size_t operator()(const flit::Decimal& decimal) const noexcept { return decimal.hash(); }
};
