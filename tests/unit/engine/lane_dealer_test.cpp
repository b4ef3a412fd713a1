#include "engine/lane_dealer.hpp"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/lanes.hpp"
#include "base/sim_executor.hpp"

namespace flit::engine {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

store::Assignment row(std::int64_t id, std::int64_t parent) {
  store::Assignment one;
  one.id = id;
  one.affinity = parent;
  return one;
}

/// Lanes that take some time over each chunk, and what they saw of each other.
class Dealt {
 public:
  Dealt(std::uint64_t seed, int lanes) : seed_(seed), lanes_(lanes) {}

  /// Deals `rows` in chunks of ten; `pause` is how long a lane works on a chunk.
  void run(const std::vector<store::Assignment>& rows,
           const std::function<Duration(int lane)>& pause) {
    SimExecutor executor({.seed = seed_});
    executor.run([&] {
      LaneDealer dealer(executor, "rows", lanes_, [] { return std::size_t{10}; });
      Lanes lanes(executor, "test", {});
      lanes.spawn("dealer", [&](std::stop_token stop) {
        for (const store::Assignment& one : rows)
          if (!dealer.deal(one, stop)) return;
        dealer.close(stop);
      });
      for (int lane = 0; lane < lanes_; ++lane)
        lanes.spawn("taker", [&, lane](std::stop_token stop) {
          while (const auto chunk = dealer.take(lane, stop)) {
            begin(*chunk, lane);
            (void)executor.clock().sleep_for(pause(lane), stop);
            for (const store::Assignment& one : *chunk) --at_work_[one.affinity].second;
          }
          ended_[lane] = executor.clock().tick();
        });
      lanes.join();
    });
  }

  std::map<std::int64_t, int> taken{};  ///< how often each row
  std::map<int, int> rows_of{};         ///< each lane
  bool met = false;                     ///< two lanes at one parent
  std::map<int, Tick> ended_{};

 private:
  void begin(const LaneDealer::Chunk& chunk, int lane) {
    for (const store::Assignment& one : chunk) {
      ++taken[one.id];
      ++rows_of[lane];
      auto& [owner, count] = at_work_[one.affinity];
      met |= one.affinity != 0 && count > 0 && owner != lane;
      owner = lane;
      ++count;
    }
  }

  std::uint64_t seed_;
  int lanes_;
  std::map<std::int64_t, std::pair<int, int>> at_work_{};  // parent → lane, rows
};

TEST(LaneDealer, EveryRowOnceAndNoParentInTwoLanes) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::vector<store::Assignment> rows;
    rows.reserve(500);
    for (std::int64_t id = 1; id <= 500; ++id)
      rows.push_back(row(id, (id * 7919 + static_cast<std::int64_t>(seed)) % 23));
    Dealt dealt(seed, 4);

    dealt.run(rows, [](int lane) { return Duration((lane + 1) * 1s); });

    EXPECT_EQ(dealt.taken.size(), rows.size());
    for (const auto& [id, times] : dealt.taken) EXPECT_EQ(times, 1) << id;
    EXPECT_FALSE(dealt.met) << "seed " << seed;
  }
}

TEST(LaneDealer, ALaneThatMustWaitHoldsNobodyUp) {
  std::vector<store::Assignment> rows;
  for (std::int64_t id = 1; id <= 2000; ++id) rows.push_back(row(id, id));
  Dealt dealt(7, 4);

  dealt.run(rows, [](int lane) { return lane == 0 ? Duration(1h) : Duration(1s); });

  EXPECT_LE(dealt.rows_of[0], 40) << "one chunk at work, two behind it, one that was being filled";
  for (const int lane : {1, 2, 3}) EXPECT_LT(dealt.ended_[lane], Tick(10min)) << lane;
}

TEST(LaneDealer, RowsOfOneParentStayTogetherHoweverManyThereAre) {
  std::vector<store::Assignment> rows;
  for (std::int64_t id = 1; id <= 300; ++id) rows.push_back(row(id, 5));
  Dealt dealt(7, 3);

  dealt.run(rows, [](int) { return Duration(1s); });

  EXPECT_EQ(dealt.rows_of.size(), 1U);
  EXPECT_FALSE(dealt.met);
}

}  // namespace
}  // namespace flit::engine
