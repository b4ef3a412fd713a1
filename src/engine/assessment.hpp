#pragma once
/// @file The second pass of S-05: every record is made into its row, and checked against the
/// destination, before anything is sent.
///
/// What would be refused over there is known here, for all records and not for a sample, with the
/// field, what was found and what was expected. Repeatable; memory: one chunk of records.

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/identity.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "engine/row_builder.hpp"

namespace flit::engine {

struct AssessmentCounts {
  std::uint64_t checked = 0;
  std::uint64_t would_fail = 0;
  std::uint64_t flagged = 0;  ///< usable, but not plain
};

class Assessment {
 public:
  Assessment(Environment& environment, const MigrationMap& map, const OwnerTable& owners)
      : environment_(environment),
        map_(map),
        owners_(owners),
        identities_(environment.ledger.info().id, environment.ledger.info().generation) {}

  /// Checks the records of the objects named, in that order: parents first, so that a child whose
  /// parent fails is known to miss it.
  Result<AssessmentCounts> run(const std::vector<std::string>& objects, std::stop_token stop);

 private:
  struct Note {
    std::string code;
    std::string field;
    auto operator<=>(const Note&) const = default;
  };
  struct Chunk {
    std::vector<store::Assignment> changed{};
    std::map<Note, std::vector<std::string>> findings{};         ///< code and field → source ids
    std::vector<std::pair<std::string, std::string>> parents{};  ///< child and parent of one object
    std::int64_t last = 0;
    std::size_t seen = 0;
  };
  class ObjectPass;

  Result<AssessmentCounts> assess_object(const std::string& object, std::stop_token stop);
  Result<void> write(const std::string& object, const Chunk& chunk);
  Result<void> order(const std::string& object);

  Environment& environment_;
  const MigrationMap& map_;
  const OwnerTable& owners_;
  Identities identities_;
};

}  // namespace flit::engine
