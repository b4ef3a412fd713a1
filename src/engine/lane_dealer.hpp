#pragma once
/// @file Deals assignments out to lanes in chunks.
///
/// What hangs on one parent goes to one lane, because the platform locks the parent (design.md §5);
/// the rest lane by lane. A chunk is as large as `rows` says when it is full. Memory: three chunks
/// a lane. One lane deals, each other takes from its own channel.

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/channel.hpp"
#include "base/executor.hpp"
#include "store/assignments.hpp"

namespace flit::engine {

class LaneDealer {
 public:
  using Chunk = std::vector<store::Assignment>;

  LaneDealer(Executor& executor, const std::string& name, int lanes,
             std::function<std::size_t()> rows);

  Channel<Chunk>& channel(int lane) { return *channels_[static_cast<std::size_t>(lane)]; }

  /// False: a stop was requested.
  bool deal(store::Assignment assignment, const std::stop_token& stop);

  /// Hands out what is left, and says that there is no more.
  void close(const std::stop_token& stop);

 private:
  bool pass_on(std::size_t lane, const std::stop_token& stop);

  std::function<std::size_t()> rows_;
  std::vector<Chunk> waiting_;
  std::vector<std::unique_ptr<Channel<Chunk>>> channels_;
  std::size_t next_ = 0;  // takes what hangs on nothing
};

}  // namespace flit::engine
