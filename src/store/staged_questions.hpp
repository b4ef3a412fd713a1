#pragma once
/// @file Questions about all staged records at once, answered inside the database: which share a
/// value, which edges lead nowhere, which records have no edge. Memory does not grow with them.
///
/// "Live" means neither archived nor merged into another record. Writers take the connection of a
/// Ledger transaction, readers that of Ledger::read(). Stateless.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/names.hpp"
#include "store/notebook.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// The number under which a value is compared; equal for equal texts, and 64 bits wide.
std::int64_t value_hash(std::string_view text);

Result<void> clear_shared_values(sql::Connection& transaction);
Result<void> put_shared_value(sql::Connection& transaction, std::string_view code,
                              std::int64_t hash, std::string_view source_id);
Result<bool> has_value(sql::Connection& reader, std::string_view code, std::int64_t hash);
/// Forgets every value that only one record has.
Result<void> drop_single_values(sql::Connection& transaction);

/// Groups of records that share a value, by hash, each record once per value.
using SharedVisit = std::function<Result<void>(std::int64_t hash, std::string_view source_id)>;
Result<void> shared_values(sql::Connection& reader, std::string_view code,
                           const SharedVisit& visit);

/// "contacts→companies": contacts, companies.
struct EdgeEnds {
  std::string association{};
  std::string from{};
  std::string to{};
};
EdgeEnds edge_ends(std::string_view association);

/// Each lists records under `finding`, which is added unless there are none.
/// Those that share a value of finding.code with another.
Result<void> list_shared(sql::Connection& transaction, const Finding& finding);
/// Live records of `from` with a live edge to a record of `to` that is not live.
Result<void> list_dangling(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                           const Finding& finding);
/// The other way round: live records of `to`.
Result<void> list_dangling_back(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                                const Finding& finding);
/// Live records of `from` without any live edge to a live record of `to`.
Result<void> list_unlinked(sql::Connection& transaction, Names& names, const EdgeEnds& ends,
                           const Finding& finding);

/// Makes the count of each finding that lists records the number of those records.
Result<void> recount_findings(sql::Connection& transaction, std::string_view stage);

enum class Presence { live, archived, absent };
Result<Presence> presence_of(sql::Connection& reader, Names& names, std::string_view object,
                             std::string_view source_id);

/// Names of all associations that have edges; as many as the source's schema has.
Result<std::vector<std::string>> associations(sql::Connection& reader);

/// How many records of each object are live, archived and merged.
struct ObjectCount {
  std::string object;
  std::uint64_t live = 0;
  std::uint64_t archived = 0;
  std::uint64_t merged = 0;
};
Result<std::vector<ObjectCount>> object_counts(sql::Connection& reader);

}  // namespace flit::store
