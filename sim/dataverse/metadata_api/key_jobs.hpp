#pragma once
/// @file The jobs that build the indexes of alternate keys (fact sheet §5).

#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

/// Builds every index that is due: Active, or Failed when rows are not unique. REQUIRES: the
/// exclusive lock.
void run_key_jobs(Organization& org);

}  // namespace flit::sim::dataverse
