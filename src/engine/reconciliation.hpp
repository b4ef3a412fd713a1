#pragma once
/// @file S-09: do the books balance, and does every row hold what it should?
///
/// Three questions. Has every source record exactly one outcome (design.md §1, invariant 4)? Does
/// every mapped field of every row that we wrote read back as written (engine/difference.hpp)? Do
/// the destination's tables hold as many rows as there were, plus ours, plus those that the
/// platform makes beside them? What people changed since is named as theirs and breaks nothing.
/// Mismatches are kept in the ledger, replaced by each run.

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "engine/difference.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

/// What became of the records of one object, or of all.
struct ObjectBooks {
  std::uint64_t source = 0;  ///< records that the source gave
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t matched = 0;
  std::uint64_t merged = 0;
  std::uint64_t skipped = 0;
  std::uint64_t failed = 0;
  std::uint64_t held = 0;
  std::uint64_t routed = 0;  ///< of these, sent elsewhere by a rule
  std::uint64_t open = 0;    ///< without an outcome yet: the books do not balance
  std::uint64_t links = 0;   ///< rows of further roles that were written: links, placeholders, and
                             ///< what records speak of beside their own row
  DifferenceCounts compared{};

  bool balanced() const;
  ObjectBooks& operator+=(const ObjectBooks& other);
};

/// One table over there.
struct TableBooks {
  std::uint64_t before = 0;      ///< rows before the migration
  std::uint64_t ours = 0;        ///< rows that we created
  std::uint64_t companions = 0;  ///< rows that the platform makes beside ours
  bool some_companions = false;  ///< and how many more depends on what ours hold
  std::string because{};         ///< what the companions are
  std::uint64_t now = 0;

  /// Rows that nobody here knows of; below zero: rows that went. People work on.
  std::int64_t unexplained() const;
};

struct ReconciliationResult {
  ObjectBooks total{};
  std::map<std::string, ObjectBooks> objects{};
  std::map<std::string, TableBooks> tables{};

  bool balanced() const;
};

struct ReconciliationSettings {
  int lanes = 4;
  std::uint64_t sample = 0;  ///< compare about so many records; 0: every one
};

class Reconciliation {
 public:
  Reconciliation(const Migration& migration, ReconciliationSettings settings)
      : migration_(migration), settings_(settings) {}

  Result<ReconciliationResult> run(std::stop_token stop);

 private:
  Result<void> count_outcomes(ReconciliationResult& result) const;
  Result<void> count_ours(ReconciliationResult& result) const;
  Result<void> count_tables(ReconciliationResult& result, std::stop_token stop) const;
  Result<void> compare(ReconciliationResult& result, std::stop_token stop);

  const Migration& migration_;
  ReconciliationSettings settings_;
};

/// The members of the contract's `--json reconcile`, into an open object.
void append(json::Writer& out, const ReconciliationResult& result);

}  // namespace flit::engine
