#pragma once
/// @file One value of a row, as a view: the text lives in the row or in the request that brought
/// it.
///
/// Dates are days, instants are seconds since 1970 (the platform keeps no fraction, fact sheet §10
/// [U]). Decimals and money are their canonical text (no zeros at the end of the fraction), so they
/// never pass through a double.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

enum class CellKind : std::uint8_t {
  absent,  ///< not stored: the default, or null
  null,    ///< stored as null: no default is shown
  no,
  yes,
  integer,  ///< whole numbers and choices
  decimal,  ///< text
  floating,
  instant,  ///< number: seconds
  date,     ///< number: days
  uuid,
  lookup,  ///< id and table
  text,
};

struct Cell {
  CellKind kind = CellKind::absent;
  std::uint16_t table = 0;  ///< of a lookup: index in the catalogue
  std::int64_t number = 0;
  double floating = 0;
  std::string_view text{};
  Uuid id{};

  bool has_value() const { return kind != CellKind::absent && kind != CellKind::null; }

  static Cell null() { return {.kind = CellKind::null}; }
  static Cell boolean(bool value) { return {.kind = value ? CellKind::yes : CellKind::no}; }
  static Cell integer(std::int64_t value) { return {.kind = CellKind::integer, .number = value}; }
  static Cell instant(std::int64_t seconds) {
    return {.kind = CellKind::instant, .number = seconds};
  }
  static Cell date(std::int64_t days) { return {.kind = CellKind::date, .number = days}; }
  static Cell real(double value) { return {.kind = CellKind::floating, .floating = value}; }
  static Cell decimal(std::string_view text) { return {.kind = CellKind::decimal, .text = text}; }
  static Cell of_text(std::string_view text) { return {.kind = CellKind::text, .text = text}; }
  static Cell uuid(const Uuid& id) { return {.kind = CellKind::uuid, .id = id}; }
  static Cell lookup(std::uint16_t table, const Uuid& id) {
    return {.kind = CellKind::lookup, .table = table, .id = id};
  }

  bool operator==(const Cell&) const = default;
};

}  // namespace flit::sim::dataverse
