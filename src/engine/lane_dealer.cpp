#include "engine/lane_dealer.hpp"

#include <algorithm>
#include <utility>

namespace flit::engine {
namespace {

/// Chunks that wait for a lane, beside the one that it works on and the one that is being filled.
constexpr std::size_t chunks_ahead = 2;

bool has_room(const auto& lane) {
  return lane.chunks.size() < chunks_ahead;
}

}  // namespace

LaneDealer::LaneDealer(Executor& executor, const std::string& name, int lanes,
                       std::function<std::size_t()> rows)
    : rows_(std::move(rows)),
      waiting_(static_cast<std::size_t>(lanes)),
      state_(executor, "chunks of " + name, State{std::vector<Lane>(waiting_.size())}) {}

bool LaneDealer::deal(store::Assignment assignment, const std::stop_token& stop) {
  const std::size_t lane = lane_for(assignment.affinity);
  waiting_[lane].push_back(std::move(assignment));
  return waiting_[lane].size() < rows_() || hand_out(lane, stop);
}

void LaneDealer::close(const std::stop_token& stop) {
  for (std::size_t lane = 0; lane < waiting_.size(); ++lane)
    if (!waiting_[lane].empty() && !hand_out(lane, stop)) return;
  state_.change([](State& state) { state.closed = true; });
}

std::optional<LaneDealer::Chunk> LaneDealer::take(int lane, const std::stop_token& stop) {
  const auto place = static_cast<std::size_t>(lane);
  state_.change([place](State& state) {
    Lane& mine = state.lanes[place];
    state.through.insert(state.through.end(), mine.at_work.begin(), mine.at_work.end());
    mine.at_work.clear();
    mine.works = false;
  });
  std::optional<Chunk> chunk;
  const Woken woken = state_.when(
      "a chunk", {stop},
      [place](const State& state) { return state.closed || !state.lanes[place].chunks.empty(); },
      [&](State& state) {
        Lane& mine = state.lanes[place];
        if (mine.chunks.empty()) return;
        chunk.emplace(std::move(mine.chunks.front()));
        mine.chunks.pop_front();
        mine.works = true;
        for (const store::Assignment& one : *chunk)
          if (one.affinity != 0) mine.at_work.push_back(one.affinity);
      });
  if (woken != Woken::ready) return {};
  return chunk;
}

std::size_t LaneDealer::lane_for(Parent parent) {
  if (parent == 0) return next_;
  Held& held = held_.try_emplace(parent, Held{next_, 0}).first->second;
  ++held.rows;
  return held.lane;
}

bool LaneDealer::hand_out(std::size_t lane, const std::stop_token& stop) {
  std::vector<Parent> through;
  const Woken woken = state_.when(
      "room for a chunk", {stop},
      [lane](const State& state) { return has_room(state.lanes[lane]); },
      [&](State& state) {
        state.lanes[lane].chunks.push_back(std::exchange(waiting_[lane], {}));
        through.swap(state.through);
      });
  if (woken != Woken::ready) return false;
  let_go(through);
  return lane != next_ || choose_next(stop);
}

/// The lane with the least to do, among those that have room.
bool LaneDealer::choose_next(const std::stop_token& stop) {
  const auto work = [](const Lane& lane) {
    return std::pair(!has_room(lane), lane.chunks.size() + (lane.works ? 1 : 0));
  };
  const Woken woken = state_.when(
      "a lane that has room", {stop},
      [](const State& state) {
        return std::any_of(state.lanes.begin(), state.lanes.end(),
                           [](const Lane& lane) { return has_room(lane); });
      },
      [&](State& state) {
        const auto least =
            std::min_element(state.lanes.begin(), state.lanes.end(),
                             [&](const Lane& a, const Lane& b) { return work(a) < work(b); });
        next_ = static_cast<std::size_t>(least - state.lanes.begin());
      });
  return woken == Woken::ready;
}

void LaneDealer::let_go(const std::vector<Parent>& through) {
  for (const Parent parent : through) {
    const auto held = held_.find(parent);
    if (held != held_.end() && --held->second.rows == 0) held_.erase(held);
  }
}

}  // namespace flit::engine
