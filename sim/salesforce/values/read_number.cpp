#include "sim/salesforce/values/read_number.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/decimal.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr int most_digits = 18;  // §6.2

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// Plain numbers of up to 18 digits, which is nearly all; nothing for the rest.
std::optional<Cell> read_plain(std::string_view text) {
  const bool negative = text[0] == '-';
  if (negative || text[0] == '+') text.remove_prefix(1);
  std::int64_t coefficient = 0;
  int digits = 0;
  int scale = -1;
  for (const char c : text) {
    if (c == '.' && scale < 0) {
      scale = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > most_digits) return std::nullopt;
    coefficient = coefficient * 10 + (c - '0');
    if (scale >= 0) ++scale;
  }
  if (digits == 0) return std::nullopt;
  return Cell::decimal(negative ? -coefficient : coefficient, std::max(scale, 0));
}

/// Anything else that is a number, rounded to `places`; nothing when it has too many digits.
std::optional<Cell> read_decimal(const Decimal& number, int places) {
  const Decimal rounded = number.rounded(places, RoundingMode::half_up);
  const int scale = std::min(rounded.fraction_digits(), places);
  if (rounded.integer_digits() + scale > most_digits) return std::nullopt;
  const auto shifted = rounded.scale10(scale);
  const auto whole = shifted ? shifted->as_integer() : std::nullopt;
  if (!whole) return std::nullopt;
  return Cell::decimal(*whole, scale);
}

Cell round_to(Cell cell, int places) {
  if (cell.scale <= places) return cell;
  const std::int64_t power = power_of_ten(cell.scale - places);
  const std::int64_t half = power / 2;
  const std::int64_t away = cell.number < 0 ? cell.number - half : cell.number + half;
  return Cell::decimal(away / power, places);
}

int places_of(const Field& field) {
  if (field.type == FieldType::integer || field.type == FieldType::whole) return 0;
  return field.precision == 0 && field.scale == 0 ? most_digits : field.scale;
}

bool in_range(const Field& field, const Cell& cell) {
  if (field.type == FieldType::integer) {
    if (field.digits > 0 && field.digits < 10)
      return std::llabs(cell.number) < power_of_ten(field.digits);
    return cell.number >= INT32_MIN && cell.number <= INT32_MAX;
  }
  const int precision = field.precision > 0 ? field.precision : most_digits;
  const int whole_digits = std::clamp(precision - field.scale, 0, most_digits);
  const std::int64_t whole = cell.number / power_of_ten(cell.scale);
  return std::llabs(whole) < power_of_ten(whole_digits);
}

}  // namespace

Answer<Cell> read_number(const Field& field, std::string_view text) {
  const int places = places_of(field);
  std::optional<Cell> cell = text.empty() ? std::nullopt : read_plain(text);
  if (!cell) {
    const auto number = Decimal::parse(text);
    if (!number) return refuse(errors::wrong_type(field, text));
    cell = read_decimal(*number, places);
    if (!cell) return refuse(errors::out_of_range(field, text));
  }
  if (cell->scale > 0 && (field.type == FieldType::integer || field.type == FieldType::whole))
    return refuse(errors::wrong_type(field, text));
  const Cell rounded = round_to(*cell, places);
  if (!in_range(field, rounded)) return refuse(errors::out_of_range(field, text));
  return rounded;
}

}  // namespace flit::sim::salesforce
