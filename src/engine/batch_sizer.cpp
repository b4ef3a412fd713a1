#include "engine/batch_sizer.hpp"

#include <algorithm>

namespace flit::engine {
namespace {

using namespace std::chrono_literals;

constexpr int batches_of_a_round = 6;

/// Of the time of a round that went by waiting: requests are the limit.
constexpr double much_waiting = 0.25;

/// A row of a larger batch costs so much more than before: what was won is lost elsewhere.
constexpr double dearer = 1.3;

/// A request that takes less than this is mostly the way there and back.
constexpr Duration hardly_worth_it = 500ms;
constexpr Duration long_enough = 5s;
constexpr Duration too_long = 20s;

double seconds(Duration time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

void BatchSizer::settled(std::uint32_t rows, const BatchTiming& timing) {
  if (timing.took > too_long) {
    rows_ = std::max<std::uint32_t>(1, rows_ / 2);
    most_ = rows_;
    round_ = {};
    return;
  }
  if (rows < rows_) return;  // the last of a lane, or of a size that is past
  ++round_.batches;
  round_.rows += rows;
  round_.timing.waited += timing.waited;
  round_.timing.took += timing.took;
  if (round_.batches < batches_of_a_round) return;
  const double took_of_a_row = seconds(round_.timing.took) / static_cast<double>(round_.rows);
  if (may_grow(took_of_a_row)) {
    before_ = took_of_a_row;
    rows_ = std::min(most_, rows_ * 2);
  }
  round_ = {};
}

bool BatchSizer::may_grow(double took_of_a_row) const {
  if (rows_ >= most_) return false;
  const double waited = seconds(round_.timing.waited);
  const double took = seconds(round_.timing.took);
  const bool requests_are_the_limit = waited > much_waiting * (waited + took);
  const Duration took_a_batch = round_.timing.took / round_.batches;
  const bool no_dearer = !before_ || took_of_a_row < dearer * *before_;
  return no_dearer &&
         (took_a_batch < hardly_worth_it || (requests_are_the_limit && took_a_batch < long_enough));
}

}  // namespace flit::engine
