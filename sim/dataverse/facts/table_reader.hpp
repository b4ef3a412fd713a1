#pragma once
/// @file Reads the shipped table definitions into a catalogue.
///
/// The format is that of facts/README.md. The texts are ours and compiled in, so a malformed line
/// is a Bug. Columns of other solutions (extra=1) are left out: a plain Sales environment does not
/// have them (data README).

#include <string_view>

#include "sim/dataverse/metadata/catalogue.hpp"

namespace flit::sim::dataverse::facts {

/// Adds one table, without relationships.
void read_table(std::string_view text, Catalogue& catalogue);

/// Adds the relationships that the text tells; every table must be there already.
void read_relationships(std::string_view text, Catalogue& catalogue);

/// All shipped tables with their relationships.
void add_standard_tables(Catalogue& catalogue);

}  // namespace flit::sim::dataverse::facts
