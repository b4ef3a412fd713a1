#pragma once
/// @file The second pass of S-05: every record is made into its row, and checked against the
/// destination, before anything is sent.
///
/// What would be refused over there is known here, for all records and not for a sample, with the
/// field, what was found and what was expected. What a row needs beside itself is planned with it:
/// links to whoever else it has to do with, placeholders for archived records, records of the pack.
/// Repeatable; memory: one chunk of records.

#include <cstdint>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/also_rows.hpp"
#include "engine/identity.hpp"
#include "engine/migration.hpp"
#include "engine/row_builder.hpp"

namespace flit::engine {

struct AssessmentCounts {
  std::uint64_t checked = 0;
  std::uint64_t would_fail = 0;
  std::uint64_t flagged = 0;  ///< usable, but not plain
  std::uint64_t links = 0;
  std::uint64_t placeholders = 0;
  std::uint64_t also = 0;       ///< rows that records speak of beside their own
  std::uint64_t also_fail = 0;  ///< of these, what would fail
  std::uint64_t own = 0;        ///< records of the pack that something refers to
};

class Assessment {
 public:
  /// `migration` outlives this.
  explicit Assessment(const Migration& migration)
      : migration_(migration),
        environment_(migration.environment),
        identities_(environment_.ledger.info().id, environment_.ledger.info().generation) {}

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
    std::vector<store::Assignment> records{};
    std::vector<store::Assignment> beside{};                     ///< links and placeholders
    std::map<Note, std::vector<std::string>> findings{};         ///< code and field → source ids
    std::vector<std::pair<std::string, std::string>> parents{};  ///< child and parent of one object
    std::vector<std::string> alone{};  ///< activities of which no parent is known yet
    std::int64_t last = 0;
    std::size_t seen = 0;
  };
  class ObjectPass;

  Result<void> assess_object(const std::string& object, AssessmentCounts& counts,
                             std::stop_token stop);
  Result<void> assess_also(const std::string& object, AssessmentCounts& counts,
                           std::stop_token stop);
  Result<void> assess_rows(const std::string& name, AssessmentCounts& counts, std::stop_token stop);
  Result<void> read_rows(const RowsOfMap& rows, ObjectPass& pass, std::int64_t after, Chunk& chunk,
                         AssessmentCounts& counts);
  Result<void> read(const std::string& object, ObjectPass& pass, std::int64_t after, Chunk& chunk,
                    AssessmentCounts& counts);
  Result<void> find_orphans(const std::string& object, Chunk& chunk);
  Result<void> write(const std::string& object, Chunk& chunk);
  Result<void> order(const std::string& object);
  Result<void> plan_pairs(AssessmentCounts& counts, std::stop_token stop);
  Result<void> plan_own(AssessmentCounts& counts);

  const Migration& migration_;
  Environment& environment_;
  Identities identities_;
  std::set<std::string> used_;  // records of the pack that something refers to
};

}  // namespace flit::engine
