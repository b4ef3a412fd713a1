#pragma once
/// @file From the choices of a source field to the choices of a destination column.
///
/// In this order: the same label; a rule of the column's domain; the neighbour's place on a scale;
/// common words; "Other" where the list has it; nothing. Negations are never dropped. Every source
/// value gets a line, so that nobody has to look for what is missing.

#include <vector>

#include "automap/proposal.hpp"
#include "automap/schema.hpp"
#include "automap/value_lexicon.hpp"

namespace flit::automap {

/// `column_key` is "table.column" in lower case. Booleans without a list count as true and false.
std::vector<ValuePair> map_values(const Field& source, Kind source_kind, const Field& column,
                                  const std::string& column_key, const ValueLexicon& lexicon);

}  // namespace flit::automap
