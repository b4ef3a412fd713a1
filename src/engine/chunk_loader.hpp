#pragma once
/// @file One chunk of assignments, from the ledger to the destination and back into the ledger.
///
/// The life of a write: the row is made, the intent is on disk, the request leaves, what came of it
/// is on disk. Dying between any two of these leaves an open batch, which settle_open() settles by
/// sending the same rows again under the same identities. A whole refused batch takes the
/// individual road once, so that only the bad rows fail. Before a row of ours is written again it
/// is looked whether somebody else wrote it meanwhile: what people put into a column stays, and a
/// rollback keeps the row. One per lane: not thread-safe.

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/batch_sizer.hpp"
#include "engine/migration.hpp"
#include "engine/row_maker.hpp"
#include "model/batch.hpp"

namespace flit::engine {

struct LoadCounts {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t requests = 0;
  BatchTiming timing{};
  LoadCounts& operator+=(const LoadCounts& other);
};

/// Where a chunk belongs, for journal and events.
struct LoadPlace {
  std::string stream;  ///< "lane 3"
  std::string stage;   ///< "S-07"
  std::string phase;   ///< "accounts"
};

class ChunkLoader {
 public:
  /// `migration` and `maker` outlive this.
  ChunkLoader(const Migration& migration, RowMaker& maker, LoadPlace place);

  /// Writes what the maker makes of these assignments. An error means that the destination or the
  /// ledger cannot go on; rows that were refused are outcomes, not errors.
  Result<LoadCounts> load(std::span<const store::Assignment> chunk, std::stop_token stop);

  /// Settles a batch that a process before us left open. `chunk`: the assignments of its
  /// operations, in order, and `before` what they were to replace.
  Result<LoadCounts> settle_open(const store::IntendedBatch& intended,
                                 std::span<const store::Assignment> chunk,
                                 std::span<const std::string> before, std::stop_token stop);

 private:
  /// A row of the batch, or why there is none.
  struct Planned {
    store::Assignment assignment;
    MadeRow made;
    std::size_t place = 0;  // in the chunk
  };

  Result<void> fill(std::span<const store::Assignment> chunk, std::stop_token stop);
  Result<void> look_for_editors(std::span<const store::Assignment> chunk,
                                std::vector<MadeRow>& made, std::stop_token stop);
  void leave_theirs(std::span<const model::Value> known, std::span<model::Value> ours,
                    MadeRow& made) const;
  Result<bool> is_ours(const std::string& editor);
  Result<store::IntendedBatch> intend(model::Road road);
  Result<void> settle_left_out(store::sql::Connection& transaction) const;
  Result<void> note_intended(store::sql::Connection& transaction) const;
  Result<std::vector<model::RowOutcome>> send(model::Road road, std::stop_token stop);
  Result<void> look_at_refusals(std::vector<model::RowOutcome>& outcomes);
  Result<std::vector<model::RowOutcome>> send_unchanged(std::span<const std::string> before,
                                                        std::stop_token stop);
  Result<model::Submission> submit(const model::RecordBatch& batch, model::Road road,
                                   std::stop_token stop);
  Result<LoadCounts> settle(const store::IntendedBatch& intended, std::span<const Planned> rows,
                            std::span<const model::RowOutcome> outcomes);
  Result<void> settle_row(store::sql::Connection& transaction, const Planned& row,
                          const model::RowOutcome& outcome) const;
  Result<void> set_done(store::sql::Connection& transaction, const Planned& row) const;
  Result<void> set_held(store::sql::Connection& transaction, store::Assignment assignment,
                        const std::string& detail) const;
  Result<void> set_failed(store::sql::Connection& transaction, const store::Assignment& assignment,
                          const std::string& reason, const std::string& detail) const;
  bool makes_rows() const { return maker_.settles() == store::Pending::none; }
  model::Road best_road() const;

  const Migration& migration_;
  Environment& environment_;
  model::BatchWriter& writer_;
  RowMaker& maker_;
  LoadPlace place_;
  model::RecordBatch batch_;
  std::vector<model::Value> cells_;
  std::vector<Planned> planned_;  // rows of the batch, in its order
  std::vector<Planned> left_out_;
  std::optional<std::vector<std::string>> authors_;  // read once, when somebody is to be told apart
  std::uint64_t requests_ = 0;                       // of the chunk at work
  BatchTiming timing_;                               // of the chunk at work
};

}  // namespace flit::engine
