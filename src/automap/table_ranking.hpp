#pragma once
/// @file Which tables of the destination an object of the source may belong to, likeliest first.
///
/// Evidence: what the object is called, what others call it, what its fields are like. Pure.

#include <cstddef>
#include <vector>

#include "automap/destination.hpp"
#include "automap/lexicon.hpp"
#include "automap/object_map.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

/// Guesses that are kept of an object.
inline constexpr std::size_t kept_tables = 5;

/// What the other objects of a schema know of this one.
struct Standing {
  bool holds_companies = false;  ///< people point at it
  bool only_people = false;      ///< prospects or leads, and no object of the schema is contacts
  std::vector<Bag> called{};     ///< names of the look-ups that point at it
};

/// At most `kept_tables`; the confidences are of the table alone, whatever the fields come to.
std::vector<TableGuess> rank_tables(const ObjectTerms& object, const Standing& standing,
                                    const Destination& destination, const Lexicon& lexicon);

}  // namespace flit::automap
