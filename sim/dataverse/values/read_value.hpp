#pragma once
/// @file One JSON value becomes one cell, checked as the platform checks it.
///
/// Wrong JSON type: 0x80048d19 of the OData layer; right type, forbidden value: the codes of fact
/// sheet §9, §10. Lookups do not come this way (they are bound, §4). The cell views the document
/// or the arena.

#include "base/json_reader.hpp"
#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/metadata/table.hpp"
#include "sim/dataverse/records/cell.hpp"
#include "sim/dataverse/values/text_arena.hpp"

namespace flit::sim::dataverse {

/// null becomes Cell::null().
Answer<Cell> read_value(const Table& table, const Column& column, json::Value value,
                        TextArena& arena);

/// A number's canonical text, rounded to `places`: "5", "-0.25". Empty when it is no number.
std::optional<std::string_view> canonical_decimal(std::string_view lexeme, int places,
                                                  TextArena& arena);

/// "1,9" of "1, 9"; refuses values outside the choice and more than 150 (§10).
Answer<Cell> read_multi_select(const Table& table, const Column& column, std::string_view text,
                               TextArena& arena);

}  // namespace flit::sim::dataverse
