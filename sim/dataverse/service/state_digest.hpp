#pragma once
/// @file What GET /__sim/digest answers: writable cells of all rows, links, and the schema.
///
/// Left out are columns that the system stamps or computes (contract.md); a createdon that a client
/// chose counts, as overriddencreatedon. The row's id belongs to the row.

#include "sim/base/digest.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

/// Takes the organization's lock shared.
DigestReport digest_of(const Organization& org);

}  // namespace flit::sim::dataverse
