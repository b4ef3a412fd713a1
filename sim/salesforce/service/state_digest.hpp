#pragma once
/// @file The digest of the org (contract.md): what clients can write, nothing that is stamped.

#include "sim/base/digest.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// Live records by object. Ids are the platform's and depend on the order of inserts, so they are
/// left out, and a reference counts with what the record it names says of itself.
DigestReport digest_of(const Organization& org);

}  // namespace flit::sim::salesforce
