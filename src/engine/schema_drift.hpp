#pragma once
/// @file What is not as it was at the source: objects, fields, types and choices of two
/// inventories.
///
/// A map was made for the source as it was. What has gone or became something else since is found
/// here and listed, whether or not the map speaks of it. Pure.

#include <vector>

#include "model/schema.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

/// Findings of S-01, in the order of the schemas.
std::vector<store::Finding> schema_drift(const model::Schema& before, const model::Schema& now);

}  // namespace flit::engine
