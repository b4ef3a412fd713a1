#pragma once
/// @file Along relationships: children of a row, and a new owner of a parent that becomes theirs
/// (fact sheet §14, "Assign").

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// Follows relationships with Assign=Cascade (also Active, UserOwned) from the row down.
Answer<void> cascade_assign(Work& work, const Table& table, const Uuid& id, PrincipalRef owner);

/// Writes one cell (null: none) past all checks, as a cascade does.
void relink(Work& work, const Table& table, std::uint16_t column, const Uuid& id, const Cell& cell);

/// Children of a row through one relationship.
std::vector<Uuid> children_through(const Work& work, const OneToMany& relationship, const Uuid& id);

}  // namespace flit::sim::dataverse
