#pragma once
/// @file S-05: what is to become of every record, and what would fail, before anything is sent.
///
/// Passes over everything that was extracted: where each record goes (Routing), whether it lives
/// there already (Matching), what it becomes there (Assessment). Repeatable: findings and plans are
/// replaced, what was sent is left alone.

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/assessment.hpp"
#include "engine/matching.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

class Preflight {
 public:
  explicit Preflight(const Migration& migration) : migration_(migration) {}

  struct Counts {
    std::uint64_t routed = 0;  ///< records that have a verdict
    MatchCounts matched{};
    AssessmentCounts assessed{};
  };

  Result<Counts> run(std::stop_token stop);

  /// The objects whose records get a verdict, parents first: those of the map in its order, then
  /// what else the source describes.
  static std::vector<std::string> objects_of(const MigrationMap& map);

 private:
  const Migration& migration_;
};

}  // namespace flit::engine
