#pragma once
/// @file What the data itself showed about each field: measured by the profile of S-01, kept in the
/// ledger, used by the set-up plan (how long, which choices) and by the scope document.
///
/// Plain values, one per field and not per record: their number is that of the source's fields.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"

namespace flit::engine {

struct ObservedValue {
  std::string text;
  std::uint64_t count = 0;
};

struct ObservedField {
  std::uint64_t records = 0;   ///< live records that were looked at
  std::uint64_t filled = 0;    ///< with anything but null and ""
  std::uint64_t distinct = 0;  ///< different values, up to `most_distinct`
  bool more_distinct = false;  ///< there are more than that
  std::uint32_t longest = 0;   ///< UTF-16 code units, as platforms count
  std::optional<Decimal> min{};
  std::optional<Decimal> max{};
  std::uint8_t scale = 0;               ///< most digits behind the point
  std::vector<ObservedValue> values{};  ///< of choices alone, by text; at most `most_values`
  bool more_values = false;

  static constexpr std::size_t most_distinct = 1000;
  static constexpr std::size_t most_values = 500;
};

/// By "object.field".
using Observed = std::map<std::string, ObservedField, std::less<>>;

}  // namespace flit::engine
