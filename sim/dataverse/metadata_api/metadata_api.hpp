#pragma once
/// @file EntityDefinitions, RelationshipDefinitions, GlobalOptionSetDefinitions (fact sheet §11).

#include "sim/dataverse/api/session.hpp"

namespace flit::sim::dataverse {

bool is_metadata_path(const odata::Segment& first);
Answer<ApiReply> handle_metadata(Session& session);

}  // namespace flit::sim::dataverse
