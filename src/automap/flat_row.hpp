#pragma once
/// @file Flat rows: one import row that feeds several tables.
///
/// "Account1 Name", "Donation Amount", "Payment Method": the leading words of the field names say
/// which record a field belongs to. A row is flat when at least three such clusters of four fields
/// or more cover half of it; anything less is an ordinary record with some borrowed fields. Of
/// these, the ones that name a company or a person of their own ("company_name", "company_phone" of
/// a contact) are told apart as embedded records.

#include <vector>

#include "automap/object_map.hpp"

namespace flit::automap {

/// The parts of a flat row, the record it is about first; empty for an ordinary record.
std::vector<SourcePart> clusters_of(const ObjectTerms& object, const Destination& destination,
                                    const Lexicon& lexicon);

/// Companies and persons that an ordinary record speaks of, each with its own fields and table;
/// none that the source knows as records of their own and this one refers to.
std::vector<SourcePart> embedded_in(const std::vector<ObjectGuess>& guesses, std::size_t object,
                                    const Destination& destination, const Lexicon& lexicon);

}  // namespace flit::automap
