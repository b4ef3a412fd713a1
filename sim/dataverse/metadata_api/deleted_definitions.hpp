#pragma once
/// @file Which definitions a request deleted, told by RetrieveMetadataChanges (fact sheet §11).
///
/// Found by comparing what lives before and after, so that what goes along is told of, too: the
/// relationships of a table, the columns of a relationship. Columns go unmentioned with their
/// table.

#include <map>

#include "base/uuid.hpp"
#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

using LiveDefinitions = std::map<Uuid, DefinitionKind>;

/// Tables, columns of tables, relationships and global choices by their MetadataId.
LiveDefinitions live_definitions(const Catalogue& catalogue);

/// Notes what is in `before` and lives no longer. REQUIRES: the organization's exclusive lock.
void note_deleted(Organization& organization, const LiveDefinitions& before);

}  // namespace flit::sim::dataverse
