#pragma once
/// @file `--snapshot FILE`: the rows, links and row versions of an environment in a file.
///
/// Row versions (§10) survive, so that ETags do. Schema changes are kept as the metadata requests
/// that made them, in order; the lines are JSON. The recycle bin, shares of single rows and uploads
/// that are going on are not kept.

#include <string>

#include "base/result.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

Result<void> save_snapshot(const Organization& org, const std::string& path);

/// REQUIRES: the environment is as after construction.
Result<void> load_snapshot(Organization& org, const std::string& path);

}  // namespace flit::sim::dataverse
