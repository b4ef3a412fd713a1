#pragma once
/// @file Which definitions a request deleted, told by RetrieveMetadataChanges (fact sheet §11).
///
/// Found by comparing what lives before and after, so that what goes along is told of, too: the
/// relationships of a table, the columns of a relationship. Columns go unmentioned with their
/// table.

#include <vector>

#include "base/uuid.hpp"
#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

struct LiveDefinition {
  Uuid id;  ///< its MetadataId
  DefinitionKind kind;

  friend bool operator==(const LiveDefinition&, const LiveDefinition&) = default;
};

/// Tables, columns of tables, relationships and global choices, in the catalogue's order: there are
/// tens of thousands, and what a deletion leaves keeps its order.
using LiveDefinitions = std::vector<LiveDefinition>;

LiveDefinitions live_definitions(const Catalogue& catalogue);

/// Notes what is in `before` and lives no longer. REQUIRES: the organization's exclusive lock.
void note_deleted(Organization& organization, const LiveDefinitions& before);

}  // namespace flit::sim::dataverse
