#pragma once
/// @file Assignments of what is no source record: links, placeholders, records of the pack.

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "engine/identity.hpp"
#include "engine/link_rows.hpp"
#include "engine/migration.hpp"
#include "mapping/condition.hpp"

namespace flit::engine {

/// `object`: of the record that the link starts at.
store::Assignment planned_link(const Identities& identities, const LinkName& name,
                               const std::string& object, const std::string& table);

/// `target`: where the archived record itself would be, so that it can take its place later.
store::Assignment planned_placeholder(const model::SourceKey& archived,
                                      const model::Reference& target);

store::Assignment planned_own(const Identities& identities, const packs::OwnRecord& record);

/// Links between two records that a third one names: the spouses of a matter (G-INT-2).
class PairPlan {
 public:
  /// The arguments outlive this.
  PairPlan(const Migration& migration, const Identities& identities, const packs::PairLink& rule)
      : migration_(migration),
        identities_(identities),
        rule_(rule),
        lookups_(migration.environment.ledger, migration.environment.books, migration.owners) {}

  /// Plans a link for each distinct pair, lower id first; a pair of which one is not there any more
  /// is a finding. Returns how many records named a pair that can be linked. A source without that
  /// object has no pairs.
  Result<std::uint64_t> run(std::stop_token stop);

 private:
  struct Fields {
    std::size_t one;
    std::size_t other;
  };
  struct Chunk {
    std::vector<store::Assignment> links{};
    std::vector<std::string> broken{};  ///< source ids of records that name somebody who is gone
    std::int64_t last = 0;
    bool empty = true;
  };

  Result<void> look(const model::Record& record, const mapping::RecordView& view,
                    const Fields& fields, Chunk& chunk) const;
  Result<void> write(const Chunk& chunk);

  const Migration& migration_;
  const Identities& identities_;
  const packs::PairLink& rule_;
  LedgerLookups lookups_;
};

}  // namespace flit::engine
