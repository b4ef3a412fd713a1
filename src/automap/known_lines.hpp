#pragma once
/// @file What a path knows of an object, as far as this source and this destination have it.
///
/// A pack is written for every customer of a system: lines that name a field, a table or a column
/// that is not there are taken out, each with a note. What is left is taken word for word.

#include <set>
#include <string>
#include <vector>

#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::automap {

/// A column that the path makes, on each of these tables.
struct KnownColumn {
  std::vector<std::string> tables{};
  std::string name{};
};

struct Surroundings {
  const model::Schema& destination;
  const std::vector<KnownColumn>& columns;
};

/// Takes out of `map` what cannot work for `object`, and says so in `notes`.
void keep_usable(model::ObjectMap& map, const model::Object& object, const Surroundings& around,
                 std::vector<std::string>& notes);

/// Fields that some line of the map speaks for.
std::set<std::string> fields_named_in(const model::ObjectMap& map);

/// Fields that decide where a record goes or in which state it ends, and need no column for that.
std::set<std::string> fields_that_decide(const model::ObjectMap& map);

/// Why a field moves in no column of its own ("archived at the source …"); empty: it may.
std::string moves_otherwise(const model::Field& field);

}  // namespace flit::automap
