#pragma once
/// @file The small tables: how far a stage got, what was described and approved, who owns what,
/// what checks found.
///
/// Writers take the connection of a Ledger transaction, readers that of Ledger::read(). Stateless.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

// --- checkpoints: where a resumable stream goes on
// ---------------------------------------------------

Result<void> put_checkpoint(sql::Connection& transaction, std::string_view stream,
                            std::string_view value, Instant now);
/// Of every stream whose name begins so.
Result<void> forget_checkpoints(sql::Connection& transaction, std::string_view prefix);
Result<std::optional<std::string>> checkpoint(sql::Connection& reader, std::string_view stream);

// --- documents: what was described or decided once, as JSON

Result<void> put_document(sql::Connection& transaction, std::string_view name,
                          std::string_view body, Instant now);
/// One that is no JSON any more is Fault::setup: the ledger was damaged.
Result<std::optional<std::string>> document(sql::Connection& reader, std::string_view name);
Result<void> forget_document(sql::Connection& transaction, std::string_view name);

// --- stages
// -------------------------------------------------------------------------------------------

enum class StageState : std::uint8_t { open = 0, running = 1, done = 2, failed = 3 };

struct Stage {
  std::string id;  ///< "S-01"
  StageState state = StageState::open;
  std::optional<Instant> started_at{};
  std::optional<Instant> finished_at{};
  std::string fingerprint{};   ///< of what it worked from; another one now: the stage is stale
  std::string summary = "{}";  ///< JSON
};

Result<void> put_stage(sql::Connection& transaction, const Stage& stage);
Result<std::optional<Stage>> stage(sql::Connection& reader, std::string_view id);

// --- approvals
// ----------------------------------------------------------------------------------------

struct Approval {
  std::string gate;  ///< "map", "plan", "owners", "sample"
  std::string by;
  Instant at{};
  std::string note{};
  std::string fingerprint;
  std::map<std::string, std::string>
      parts{};  ///< each part's own fingerprint, to say later what changed
};

Result<void> put_approval(sql::Connection& transaction, const Approval& approval);
/// The newest one of a gate.
Result<std::optional<Approval>> approval(sql::Connection& reader, std::string_view gate);
Result<std::vector<Approval>> approvals(sql::Connection& reader);

// --- owners
// -------------------------------------------------------------------------------------------

struct OwnerRow {
  std::string source_id;  ///< empty: records that name nobody
  std::string email{};
  std::string name{};
  std::string verdict{};  ///< matched, unmatched, inactive, ambiguous, unknown, missing
  std::optional<std::string> target_id{};
  std::string target_kind{};
  bool fallback = false;
  std::uint64_t records = 0;
};

/// Replaces the whole table.
Result<void> put_owners(sql::Connection& transaction, std::span<const OwnerRow> owners);
Result<std::vector<OwnerRow>> owners(sql::Connection& reader);

// --- findings
// -----------------------------------------------------------------------------------------

enum class Severity : std::uint8_t { note = 0, warning = 1, blocker = 2 };

struct Finding {
  std::string stage;
  std::string code;  ///< "broken_reference"
  Severity severity = Severity::warning;
  std::string object{};
  std::string field{};
  std::string message;
  std::string remedy{};
  std::uint64_t count = 0;
};

/// Adds a finding, or adds to the count of the same one; `source_ids` are listed under it.
Result<void> add_finding(sql::Connection& transaction, const Finding& finding,
                         std::span<const std::string> source_ids);
/// Forgets what a stage found, before it looks again.
Result<void> clear_findings(sql::Connection& transaction, std::string_view stage);
Result<std::vector<Finding>> findings(sql::Connection& reader, std::string_view stage);
Result<void> finding_records(sql::Connection& reader, const Finding& finding,
                             const std::function<Result<void>(std::string_view)>& visit);

// --- mismatches of a reconciliation
// -------------------------------------------------------------------

struct Mismatch {
  std::int64_t assignment = 0;
  std::string field;
  std::string verdict;  ///< truncated, rounded, defaulted, edited by a person, missing, different
  std::string explanation;
};

Result<void> clear_mismatches(sql::Connection& transaction);
Result<void> put_mismatch(sql::Connection& transaction, const Mismatch& mismatch);
Result<void> mismatches(sql::Connection& reader,
                        const std::function<Result<void>(const Mismatch&)>& visit);

}  // namespace flit::store
