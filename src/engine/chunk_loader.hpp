#pragma once
/// @file One chunk of records, from the ledger to the destination and back into the ledger.
///
/// The life of a write: the row is built, the intent is on disk, the request leaves, what came of
/// it is on disk. Dying between any two of these leaves an open batch, which settle_open() settles
/// by sending the same rows again under the same identities. A whole refused batch takes the
/// individual road once, so that only the bad rows fail. One per lane: not thread-safe.

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/pacer.hpp"
#include "engine/row_builder.hpp"
#include "model/batch.hpp"
#include "model/destination.hpp"

namespace flit::engine {

struct LoadCounts {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  std::uint64_t requests = 0;
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
  ChunkLoader(Environment& environment, model::BatchWriter& writer, Pacer& pacer,
              RowBuilder& builder, LoadPlace place);

  /// Loads assignments of the builder's object and table that are planned. An error means that the
  /// destination or the ledger cannot go on; rows that were refused are outcomes, not errors.
  Result<LoadCounts> load(std::span<const store::Assignment> chunk, std::stop_token stop);

  /// Settles a batch that a process before us left open.
  Result<LoadCounts> settle_open(const store::OpenBatch& open, std::stop_token stop);

 private:
  /// A row of the batch and what it is for.
  struct Planned {
    store::Assignment assignment;
    std::uint8_t pending = 0;  ///< what is left to do once it is there
  };

  Result<void> fill(std::span<const store::Assignment> chunk);
  Result<void> add(const store::Assignment& assignment);
  Result<std::vector<model::RowOutcome>> send(model::Road road, std::stop_token stop);
  Result<model::Submission> submit(const model::RecordBatch& batch, model::Road road,
                                   std::stop_token stop);
  Result<void> send_again(std::vector<model::RowOutcome>& outcomes, std::stop_token stop);
  Result<LoadCounts> settle(const store::IntendedBatch& intended,
                            std::span<const model::RowOutcome> outcomes);
  model::Road best_road() const;

  Environment& environment_;
  model::BatchWriter& writer_;
  Pacer& pacer_;
  RowBuilder& builder_;
  LoadPlace place_;
  model::RecordBatch batch_;
  std::vector<Planned> planned_;
  std::vector<store::Assignment> refused_;
  BuiltRow built_;
  std::uint64_t requests_ = 0;
};

}  // namespace flit::engine
