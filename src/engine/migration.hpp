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

struct Migration {
  Environment& environment;
  const packs::PathPack& path;
  const MigrationMap& map;
  const OwnerTable& owners;
  model::Destination& destination;
  Pacer& pacer;  ///< of the destination: who of its users may send, and when
  /// The destination as further users see it. Rows are loaded as any of them, because platforms
  /// count their limits by user; everything else is done by the first.
  std::span<model::Destination* const> further{};

  /// As the pacer counts them: the first is `destination` itself.
  model::Destination& destination_of(std::size_t user) const {
    return user == 0 ? destination : *further[user - 1];
  }
};

}  // namespace flit::engine
