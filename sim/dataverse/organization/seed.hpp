#pragma once
/// @file What stands in an environment before anybody writes: organization, unit, currency, people
/// (§1, §10, §12).

namespace flit::sim::dataverse {

class Organization;

/// REQUIRES: a catalogue with the standard tables and an empty store.
void seed(Organization& organization);

}  // namespace flit::sim::dataverse
