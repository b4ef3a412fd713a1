#pragma once
/// @file Reads the shipped object definitions (facts/README.md) into a catalogue.

#include "sim/salesforce/schema/catalogue.hpp"

namespace flit::sim::salesforce::facts {

/// REQUIRES: `catalogue` is empty. The facts are ours: a broken one fails a check.
void read_objects(Catalogue& catalogue);

}  // namespace flit::sim::salesforce::facts
