#pragma once
/// @file Converters into numbers: whole, exact and money. Digits are never lost without a word.

#include <cstdint>
#include <memory>
#include <optional>

#include "mapping/conversion.hpp"

namespace flit::mapping {

struct NumberLimits {
  std::optional<Decimal> min{};
  std::optional<Decimal> max{};
  std::optional<std::uint8_t> scale{};  ///< digits behind the point that the column keeps

  static NumberLimits of(const model::Field& column);
};

/// `factor` is applied before anything else: 100 for a share that becomes per cent.
std::unique_ptr<Converter> make_integer(const NumberLimits& limits, const Decimal& factor);
std::unique_ptr<Converter> make_decimal(const NumberLimits& limits, const Decimal& factor);
/// Units of time → minutes, rounded half up; `per_minute` is 60'000 for milliseconds, 60 for
/// seconds.
std::unique_ptr<Converter> make_minutes(const NumberLimits& limits, std::int64_t per_minute);
/// Yes or no; `values` may name further words for "true" and "false".
std::unique_ptr<Converter> make_boolean(const std::optional<model::ValueMap>& values);

}  // namespace flit::mapping
