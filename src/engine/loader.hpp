#pragma once
/// @file S-07: everything that is planned, into the destination, phase by phase.
///
/// A phase loads its tables; inside a table parents come before children, wave by wave. One lane
/// reads the plan, the others load chunks: memory is lanes times batch size, however many records
/// there are. Repeatable: what is done is not touched, what was left open is settled first.

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/chunk_loader.hpp"
#include "engine/environment.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "engine/pacer.hpp"
#include "model/destination.hpp"
#include "packs/path_pack.hpp"

namespace flit::engine {

struct LoaderSettings {
  int lanes = 8;
  std::uint32_t rows = 0;     ///< in a batch; 0: what the platform suggests
  bool only_sampled = false;  ///< S-06 loads the sample alone
  std::string stage = "S-07";
};

/// A chunk is settled.
struct ChunkLoaded {
  std::string phase;
  std::string table;
  LoadCounts counts;
};
Event to_event(const ChunkLoaded& event);

class Loader {
 public:
  struct Parts {
    Environment& environment;
    const MigrationMap& map;
    const OwnerTable& owners;
    model::BatchWriter& writer;
    Pacer& pacer;
  };

  Loader(const Parts& parts, LoaderSettings settings);

  /// Loads all phases in order. The first fault that does not go away stops; what is done stays
  /// done.
  Result<LoadCounts> run(const std::vector<packs::Phase>& phases, std::stop_token stop);

 private:
  /// One object's records that land on one table.
  struct Way {
    std::string object;
    std::size_t route = 0;
    std::string table;
  };

  std::vector<Way> ways_to(const std::string& table) const;
  Result<LoadCounts> load_way(const packs::Phase& phase, const Way& way, std::stop_token stop);
  Result<LoadCounts> load_wave(const packs::Phase& phase, const Way& way, std::int64_t depth,
                               std::stop_token stop);
  Result<LoadCounts> settle_open(std::stop_token stop);
  Result<std::vector<store::Assignment>> next_chunk(const Way& way, std::int64_t depth,
                                                    std::int64_t after) const;
  std::int64_t rows_of(const std::string& table) const;
  Result<std::int64_t> deepest(const std::string& object) const;

  Parts parts_;
  LoaderSettings settings_;
  Identities identities_;
};

}  // namespace flit::engine
