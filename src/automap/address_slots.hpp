#pragma once
/// @file Postal addresses move as groups: all parts of one source address go into one destination
/// address.
///
/// Parts (street, city, …) of a source object are collected into groups by their qualifiers; groups
/// are then assigned to the addresses of a table by an exact search over the few combinations there
/// are. The first or only address takes the primary one.

#include <set>
#include <vector>

#include "automap/destination.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

struct SourceAddress {
  std::set<std::uint64_t> qualifiers{};
  int ordinal = 1;
  bool foreign = false;       ///< carries words that no address of record has ("insurance", "job")
  std::vector<int> fields{};  ///< indices into ObjectTerms::fields
};

struct AddressPlan {
  std::vector<SourceAddress> groups{};
  std::vector<int> group_of{};           ///< per field; -1: not part of an address
  std::vector<std::uint64_t> part_of{};  ///< per field; 0: not part of an address
};

AddressPlan find_addresses(const ObjectTerms& object, const std::vector<int>& fields,
                           const Lexicon& lexicon);

/// For each source address the destination address it goes to; -1: no room.
std::vector<int> assign_addresses(const AddressPlan& plan, const TableTerms& table,
                                  const Lexicon& lexicon);

}  // namespace flit::automap
