#pragma once
/// @file Cells as they come back: JSON into model::Value, in the form in which they would be
/// written.
///
/// What the platform makes of a value on its way through is stated by stored(), so that a
/// comparison of "written" with "read back" is exact (facts/dataverse.md §10): decimals and money
/// are rounded half to even to the column's digits; instants lose their fraction of a second; a
/// moment in a day column is its UTC day; choices come back as the text of their number, several in
/// ascending order; ids and references in lower case, references without their key; an activity's
/// people without the owner and regarding entries that the platform adds (types 8 and 9). An empty
/// text is null. Pure.

#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "destinations/dataverse/table.hpp"
#include "model/arena.hpp"
#include "model/value.hpp"

namespace flit::destinations::dataverse {

/// "name", "_parentcustomerid_value"; the property that carries the column in an answer.
std::string property_of(const Column& column);

/// The cell of `row`. Fault::permanent: it is not of the column's kind.
Result<model::Value> read_cell(json::Value row, const Column& column, model::Arena& arena);

/// What read_cell() gives after `written` was stored.
model::Value stored(const Column& column, const model::Value& written, model::Arena& arena);

}  // namespace flit::destinations::dataverse
