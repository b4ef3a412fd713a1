#pragma once
/// @file One value of a record, as a view: text lives in the row or in the request that brought it.
///
/// Numbers are exact: a whole number and how many of its digits are decimals (at most 18 in all,
/// fact sheet §6.2), without zeros at the end, so equal values are equal cells. Dates are days,
/// times milliseconds of the day, datetimes milliseconds since 1970 in UTC. A blob is the number of
/// a file in the file store.

#include <cstdint>
#include <string_view>

#include "sim/salesforce/schema/record_id.hpp"

namespace flit::sim::salesforce {

enum class CellKind : std::uint8_t { null, boolean, number, date, datetime, time, id, text, blob };

struct Cell {
  CellKind kind = CellKind::null;
  std::uint8_t scale = 0;   ///< of a number: digits behind the point
  std::int64_t number = 0;  ///< everything that is no text
  std::string_view text{};

  bool is_null() const { return kind == CellKind::null; }
  bool is_true() const { return kind == CellKind::boolean && number != 0; }
  RecordId id() const {
    return kind == CellKind::id ? RecordId::from_bits(static_cast<std::uint64_t>(number))
                                : RecordId();
  }
  double as_double() const;

  static Cell boolean(bool value) { return {.kind = CellKind::boolean, .number = value ? 1 : 0}; }
  static Cell integer(std::int64_t value) { return {.kind = CellKind::number, .number = value}; }
  /// coefficient × 10^-scale, zeros at the end taken off.
  static Cell decimal(std::int64_t coefficient, int scale);
  static Cell date(std::int64_t days) { return {.kind = CellKind::date, .number = days}; }
  static Cell datetime(std::int64_t ms) { return {.kind = CellKind::datetime, .number = ms}; }
  static Cell time(std::int64_t ms) { return {.kind = CellKind::time, .number = ms}; }
  static Cell of_id(RecordId id) {
    return id ? Cell{.kind = CellKind::id, .number = static_cast<std::int64_t>(id.bits())} : Cell{};
  }
  /// Empty text is null on this platform.
  static Cell of_text(std::string_view text) {
    return text.empty() ? Cell{} : Cell{.kind = CellKind::text, .text = text};
  }
  static Cell blob(std::int64_t file) { return {.kind = CellKind::blob, .number = file}; }

  bool operator==(const Cell&) const = default;
};

/// -1, 0, 1 for two cells of one kind, none of them null; text by bytes.
int compare(const Cell& left, const Cell& right);

}  // namespace flit::sim::salesforce
