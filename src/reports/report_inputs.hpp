#pragma once
/// @file What reports are made from: the ledger, the path and what both ends said of themselves.
///
/// The same inputs give the same files, byte for byte: no clock is asked, and every list has a
/// stated order.

#include <string>

#include "engine/environment.hpp"
#include "model/destination.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"
#include "model/source.hpp"
#include "packs/path_pack.hpp"

namespace flit::reports {

struct ReportInputs {
  engine::Environment& environment;
  const packs::PathPack& path;
  const model::Schema& source;
  const model::Schema& destination;
  const model::SourceFacts& source_facts;
  const model::DestinationFacts& destination_facts;
  const model::MapDocument& map;  ///< may be empty: the scope document comes before it
};

}  // namespace flit::reports
