#include "engine/lane_dealer.hpp"

#include <utility>

#include <fmt/format.h>

namespace flit::engine {

LaneDealer::LaneDealer(Executor& executor, const std::string& name, int lanes,
                       std::function<std::size_t()> rows)
    : rows_(std::move(rows)), waiting_(static_cast<std::size_t>(lanes)) {
  for (int lane = 0; lane < lanes; ++lane)
    channels_.push_back(
        std::make_unique<Channel<Chunk>>(executor, fmt::format("chunks of {} {}", name, lane), 2));
}

bool LaneDealer::deal(store::Assignment assignment, const std::stop_token& stop) {
  const std::size_t lane = assignment.affinity != 0
                               ? static_cast<std::size_t>(assignment.affinity) % waiting_.size()
                               : next_;
  waiting_[lane].push_back(std::move(assignment));
  return waiting_[lane].size() < rows_() || pass_on(lane, stop);
}

void LaneDealer::close(const std::stop_token& stop) {
  for (std::size_t lane = 0; lane < waiting_.size(); ++lane)
    if (!waiting_[lane].empty() && !pass_on(lane, stop)) return;
  for (const auto& channel : channels_) channel->close();
}

bool LaneDealer::pass_on(std::size_t lane, const std::stop_token& stop) {
  if (lane == next_) next_ = (next_ + 1) % waiting_.size();
  return channels_[lane]->push(std::exchange(waiting_[lane], {}), {stop}) == Passage::done;
}

}  // namespace flit::engine
