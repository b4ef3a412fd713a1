#pragma once
/// @file The product's own proof that a destination is as it was: a digest made by reading it.
///
/// Over the client-writable columns that hold a value, of every row of the business tables that a
/// path writes to and of those that the platform fills beside them. Independent of the order of
/// rows; what the platform stamps (moments, versions, computed columns) is left out. One page a
/// lane in memory. Taken before the first write of a migration and kept in the ledger, with the
/// name under which we write; taken again behind a rollback.

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

struct TableDigest {
  std::uint64_t rows = 0;
  std::string digest{};  ///< hex; of an empty table all zeros
};

struct DestinationDigest {
  std::string digest{};  ///< hex, over all tables
  std::map<std::string, TableDigest> tables{};
};

/// What is known about the destination before anything was written to it.
struct Before {
  DestinationDigest digest{};
  std::vector<std::string> authors{};  ///< every name under which we have written since
};

/// The tables that a digest covers: those of the path's phases, and companions of theirs that are
/// there.
std::vector<std::string> business_tables(const Migration& migration);

Result<DestinationDigest> digest_destination(const Migration& migration, int lanes,
                                             std::stop_token stop);

/// Call before a stage writes: takes the digest once a generation, and remembers under which name
/// this process writes. REQUIRES: called before the first write of a generation.
Result<void> remember_before(const Migration& migration, int lanes, std::stop_token stop);

/// Writes down what the destination was like before a generation.
Result<void> put_before(store::sql::Connection& transaction, const Before& before,
                        std::int64_t generation, Instant now);

/// None: nothing was remembered in this generation.
Result<std::optional<Before>> before_of(const Environment& environment);

}  // namespace flit::engine
