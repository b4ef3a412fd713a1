#pragma once
/// @file Questions that reports ask of a ledger: sums and lists, none of them kept in memory whole.
///
/// Readers take the connection of Ledger::read(). Lists come in a stated order, so that the same
/// ledger gives the same report. Stateless.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/sql.hpp"
#include "store/verdict.hpp"

namespace flit::store {

/// Why records did not simply move, and how many.
struct ReasonCount {
  std::string object;
  std::string role;
  Outcome outcome = Outcome::open;
  std::string reason;
  std::uint64_t count = 0;
};
Result<std::vector<ReasonCount>> reason_counts(sql::Connection& reader);

/// One line of the list of everything: what became of a record in a role.
struct OutcomeLine {
  std::string object;
  std::string source_id;
  std::string role;
  Outcome outcome = Outcome::open;
  bool routed = false;
  std::string table;
  std::string target_id;
  std::string reason;
  std::string detail;
};
using OutcomeVisit = std::function<Result<void>(const OutcomeLine&)>;

/// Every assignment, or those alone that did not end as created, updated, matched or merged.
enum class Lines { all, troubled };
Result<void> outcome_lines(sql::Connection& reader, Lines which, const OutcomeVisit& visit);

/// How many writes of each kind, and what came of them.
struct WriteCount {
  std::string stage;
  std::string table;
  std::int64_t verb = 0;
  std::uint64_t writes = 0;
  std::uint64_t refused = 0;
};
Result<std::vector<WriteCount>> write_counts(sql::Connection& reader);

/// The facts of the audit log that speak for no operations (stages, approvals, schema, seals), in
/// order of time.
struct FactLine {
  Instant at{};
  std::string stream;
  std::int64_t number = 0;
  std::string kind;
  std::string body;
};
Result<void> fact_lines(sql::Connection& reader,
                        const std::function<Result<void>(const FactLine&)>& visit);

}  // namespace flit::store
