#pragma once
/// @file A new owner of a parent becomes the owner of its children (fact sheet §14, "Assign").

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// Follows relationships with Assign=Cascade (also Active, UserOwned) from the row down.
Answer<void> cascade_assign(Work& work, const Table& table, const Uuid& id, PrincipalRef owner);

/// Children of a row through one relationship.
std::vector<Uuid> children_through(const Work& work, const OneToMany& relationship, const Uuid& id);

}  // namespace flit::sim::dataverse
