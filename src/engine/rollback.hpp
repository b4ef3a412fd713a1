#pragma once
/// @file S-10: the destination as it was, and the proof of it.
///
/// Tables in the reverse order of loading, within a table the deepest rows first; what we created
/// is deleted (engine/removal.hpp), what we changed gets its old values back
/// (engine/restoring.hpp). Every write is in the journal before it leaves and in the ledger when it
/// is settled, so that the same call goes on where a dead process stopped, and does nothing twice.
/// Rows that people touched stay, each with its reason. Behind it a new generation begins:
/// identities that were used once are never used again, and what was approved on the strength of
/// the old one has to be approved anew. Memory: lanes times chunk.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "engine/destination_digest.hpp"
#include "engine/migration.hpp"
#include "engine/removal.hpp"
#include "store/undoing.hpp"

namespace flit::engine {

struct RollbackSettings {
  bool only_sampled = false;
  int lanes = 4;
};

/// A chunk was taken back.
struct ChunkTakenBack {
  std::string table;
  UndoCounts counts;
};
Event to_event(const ChunkTakenBack& event);

struct RollbackResult {
  store::TakenBack taken{};  ///< since the generation began to be taken back, by whatever process
  std::string digest_before{};
  std::string digest_after{};
  bool equal = false;
};

/// A row that stays.
struct KeptRow {
  model::TargetId row;
  std::string reason;  ///< a code: "edited", "child_attached", "child_kept" …
  std::string detail;  ///< for people
};

class Rollback {
 public:
  Rollback(const Migration& migration, RollbackSettings settings)
      : migration_(migration), settings_(settings) {}

  Result<RollbackResult> run(std::stop_token stop);

 private:
  Result<UndoCounts> take_back_all(const Authors& authors, bool final, std::stop_token stop);
  Result<UndoCounts> take_back(const std::string& table, const Authors& authors, bool final,
                               std::stop_token stop);
  Result<UndoCounts> take_back_wave(const store::UndoFilter& wave, const Authors& authors,
                                    bool final, std::stop_token stop);
  Result<void> undo_writes(std::stop_token stop);
  Result<void> begin_generation(const Before& before, const RollbackResult& result);

  const Migration& migration_;
  RollbackSettings settings_;
};

/// Every row that rollbacks left over there.
Result<void> visit_kept(const Environment& environment,
                        const std::function<Result<void>(const KeptRow&)>& visit);

/// The members of the contract's `--json rollback`, `kept` among them, into an open object.
Result<void> append(json::Writer& out, const Environment& environment,
                    const RollbackResult& result);

}  // namespace flit::engine
