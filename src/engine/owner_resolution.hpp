#pragma once
/// @file S-04: whose records belong to whom over there.
///
/// By e-mail address, case folded (XI-13): a name is never enough, two people can share it. Every
/// owner that the source's records name ends in one class; only a match to one active user that may
/// own records counts as resolved, everything else goes to the fallback owner or stops the run.
/// Pure.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/destination.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

/// Whether rows of this table own others: people, teams and queues.
bool is_owner_table(std::string_view table);

struct SourceOwner {
  std::string id;
  std::string email{};  ///< may be empty, in any case
  std::string name{};
  bool active = true;
};

struct OwnerResolution {
  std::vector<store::OwnerRow> rows;  ///< by source id; "" stands for records that name nobody
  std::uint64_t unresolved = 0;       ///< records whose owner has neither a match nor a fallback
};

/// `named`: how many records name each owner id, "" for nobody; ids that `source` does not list are
/// "unknown" (deleted owners appear in no list). `fallback`: the e-mail of the user who takes what
/// has no match; empty: nobody does. Fault::setup when the fallback itself is nobody who may own
/// records.
Result<OwnerResolution> resolve_owners(std::span<const SourceOwner> source,
                                       std::span<const model::Owner> destination,
                                       const std::map<std::string, std::uint64_t>& named,
                                       const std::string& fallback);

}  // namespace flit::engine
