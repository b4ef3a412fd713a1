#pragma once
/// @file What the stages behind the map share: both ends, the compiled map, the owners.
///
/// Made by whoever runs stages, once per command; everything in it outlives the stage that takes
/// it.

#include <cstddef>
#include <span>

#include "engine/environment.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "engine/pacer.hpp"
#include "model/destination.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

/// A way into the destination as one of its users: platforms count their limits by user.
struct Credential {
  model::Destination& destination;
  Pacer& pacer;
};

struct Migration {
  Environment& environment;
  const packs::PathPack& path;
  const MigrationMap& map;
  const OwnerTable& owners;
  model::Destination& destination;
  Pacer& pacer;  ///< of the destination's credential
  /// Further users that rows are loaded as. Everything else is done by the first.
  std::span<const Credential> further{};

  int credentials() const { return 1 + static_cast<int>(further.size()); }
  /// The one that lane `lane` writes with: lanes are dealt out evenly.
  Credential credential_of(int lane) const {
    const auto place = static_cast<std::size_t>(lane % credentials());
    return place == 0 ? Credential{destination, pacer} : further[place - 1];
  }
};

}  // namespace flit::engine
