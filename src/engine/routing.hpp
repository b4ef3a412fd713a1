#pragma once
/// @file The first pass of S-05: which table every record goes to, and under which identity.
///
/// Writes an assignment for each record of each object, so that the second pass can answer every
/// reference. What the map's checks hold is held here. Nothing is sent and nothing is converted.
/// Repeatable: a plan is replaced until something was written for it. Memory: one chunk of records.

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/identity.hpp"
#include "engine/migration_map.hpp"

namespace flit::engine {

class Routing {
 public:
  Routing(Environment& environment, const MigrationMap& map)
      : environment_(environment),
        map_(map),
        identities_(environment.ledger.info().id, environment.ledger.info().generation) {}

  /// Assigns all records of the objects named; returns how many.
  Result<std::uint64_t> run(const std::vector<std::string>& objects, std::stop_token stop);

 private:
  struct Chunk {
    std::vector<store::Assignment> assigned{};
    std::map<std::string, std::vector<std::string>> findings{};  ///< code → source ids
    std::int64_t last = 0;
  };

  Result<std::uint64_t> route_object(const std::string& object, std::stop_token stop);
  Result<void> assign(store::sql::Connection& reader, const store::StagedRecord& staged,
                      mapping::RecordView* view, Chunk& chunk) const;
  Result<void> place(const mapping::CompiledObject& compiled, const model::Record& record,
                     const mapping::RecordView& view, store::Assignment& one, Chunk& chunk) const;
  void check(const model::Record& record, const mapping::RecordView& view, store::Assignment& one,
             Chunk& chunk) const;
  Result<void> follow_merges(store::sql::Connection& reader, const model::Record& record,
                             store::Assignment& one, Chunk& chunk) const;
  Result<void> write(const std::string& object, const Chunk& chunk);

  Environment& environment_;
  const MigrationMap& map_;
  Identities identities_;
};

}  // namespace flit::engine
