#pragma once
/// @file Do types, value classes and references of two fields go together?

#include <string>
#include <string_view>

#include "automap/destination.hpp"
#include "automap/object_map.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

/// 1: natural; 0.5: needs a usual conversion; 0: odd; -1: hardly ever right.
double kind_compatibility(Kind source, Kind column);

/// 1 agrees, -1 contradicts, 0 says nothing. `column_class` is a value class word of the lexicon.
int class_agreement(ValueClass values, std::string_view column_class);

/// 1: the source points at records that go to a table the column points at; -1: elsewhere; 0: no
/// statement.
double target_agreement(const Field& source, const Field& column,
                        const std::vector<ObjectGuess>& guesses, const Destination& destination,
                        const Lexicon& lexicon);

/// The column names whoever works with the system, not a customer.
bool points_at_users(const Field& column);

}  // namespace flit::automap
