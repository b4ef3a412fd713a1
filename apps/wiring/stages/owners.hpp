#pragma once
/// @file S-04 over a project: who over there takes whose records.

#include <stop_token>
#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/owner_resolution.hpp"

namespace flit::wiring {

struct OwnersOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::OwnerResolution resolution{};
};

/// `fallback`: e-mail of who takes records whose owner has no match; empty: nobody.
Result<OwnersOutcome> resolve_owners(Workspace& workspace, const std::string& fallback,
                                     std::stop_token stop);

}  // namespace flit::wiring
