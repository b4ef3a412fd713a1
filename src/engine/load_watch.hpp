#pragma once
/// @file Says how far a load is, and what the platform's limits leave of it.
///
/// Counts what is to be written before it begins, keeps the outlook while chunks are settled, and
/// emits an event for each. Thread-safe: lanes report to one of these.

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "base/event.hpp"
#include "base/watched.hpp"
#include "engine/chunk_loader.hpp"
#include "engine/migration.hpp"
#include "engine/outlook.hpp"

namespace flit::engine {

/// A chunk is settled.
struct ChunkLoaded {
  std::string phase;
  std::string table;
  LoadCounts counts;
  std::optional<std::chrono::seconds> left{};  ///< until everything is
};
Event to_event(const ChunkLoaded& event);

class LoadWatch {
 public:
  /// Reads the plan. `rows`: of a batch, 0: what the platform suggests.
  static Result<std::unique_ptr<LoadWatch>> make(const Migration& migration, std::string what,
                                                 std::uint32_t rows, bool only_sampled);

  /// `later`: the rows were there before and were written again.
  void settled(const std::string& phase, const std::string& table, bool later,
               const LoadCounts& counts);

 private:
  LoadWatch(const Migration& migration, Outlook outlook);

  const Migration& migration_;
  Watched<Outlook> outlook_;
};

/// Rows of a batch: to begin with, and at the most.
struct BatchRows {
  std::uint32_t first = 1;
  std::uint32_t most = 1;
};

/// Of batches of this verb, on the best road that it has. `wanted` above 0: exactly so many, as far
/// as the platform takes them.
BatchRows rows_of_a_batch(const model::BatchWriter& writer, std::string_view table,
                          model::Verb verb, std::uint32_t wanted);

}  // namespace flit::engine
