#pragma once
/// @file S-04 over the ledger: which owners the records name, who they are over there.

#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/owner_resolution.hpp"
#include "engine/pacer.hpp"
#include "model/destination.hpp"
#include "model/map.hpp"

namespace flit::engine {

struct OwnerStageParts {
  Environment& environment;
  const model::MapDocument& map;  ///< which fields are converted by "owner"
  model::OwnerDirectory& directory;
  Pacer& pacer;
};

/// Reads the staged owners and the records that name them, resolves, and keeps the list. Memory:
/// one entry an owner.
Result<OwnerResolution> resolve_owners_of(const OwnerStageParts& parts, const std::string& fallback,
                                          std::stop_token stop);

}  // namespace flit::engine
