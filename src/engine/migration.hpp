#pragma once
/// @file What the stages behind the map share: both ends, the compiled map, the owners.
///
/// Made by whoever runs stages, once per command; everything in it outlives the stage that takes
/// it.

#include "engine/environment.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "engine/pacer.hpp"
#include "model/destination.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

struct Migration {
  Environment& environment;
  const packs::PathPack& path;
  const MigrationMap& map;
  const OwnerTable& owners;
  model::Destination& destination;
  Pacer& pacer;  ///< of the destination's credential
};

}  // namespace flit::engine
