#pragma once
/// @file Deals assignments out to lanes in chunks.
///
/// What hangs on one parent is never on its way in two lanes at a time, because the platform locks
/// the parent (design.md §5): while a lane has rows of a parent, more of them follow to it. All
/// else goes to whoever has the least to do, so that a lane that must wait holds nobody up. A
/// chunk is as large as `rows` says when it is full. Memory: four chunks a lane. One lane deals,
/// the others take.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/executor.hpp"
#include "base/watched.hpp"
#include "store/assignments.hpp"

namespace flit::engine {

class LaneDealer {
 public:
  using Chunk = std::vector<store::Assignment>;

  LaneDealer(Executor& executor, const std::string& name, int lanes,
             std::function<std::size_t()> rows);

  /// False: a stop was requested.
  bool deal(store::Assignment assignment, const std::stop_token& stop);

  /// Hands out what is left, and says that there is no more.
  void close(const std::stop_token& stop);

  /// The next chunk of a lane, which is through with the one before. None: there is no more, or a
  /// stop was requested.
  std::optional<Chunk> take(int lane, const std::stop_token& stop);

 private:
  using Parent = std::int64_t;  // Assignment::affinity
  struct Lane {
    std::deque<Chunk> chunks{};
    std::vector<Parent> at_work{};  // parents of the rows that it took last
    bool works = false;
  };
  struct State {
    std::vector<Lane> lanes{};
    std::vector<Parent> through{};  // parents of rows that are settled, once for each row
    bool closed = false;
  };
  /// A parent's rows that are dealt and not settled.
  struct Held {
    std::size_t lane = 0;
    std::size_t rows = 0;
  };

  std::size_t lane_for(Parent parent);
  bool hand_out(std::size_t lane, const std::stop_token& stop);
  bool choose_next(const std::stop_token& stop);
  void let_go(const std::vector<Parent>& through);

  // Of the lane that deals.
  std::function<std::size_t()> rows_;
  std::vector<Chunk> waiting_;
  std::unordered_map<Parent, Held> held_{};
  std::size_t next_ = 0;  // takes what hangs on nothing that is on its way

  Watched<State> state_;
};

}  // namespace flit::engine
