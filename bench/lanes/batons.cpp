// One thread per lane, of which exactly one, the holder of the baton, runs.

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "bench/lanes/world.hpp"

namespace flit::spike {
namespace {

thread_local LaneNumber self = nobody;  // NOLINT: which lane this thread is

/// Where a lane waits for its turn. Everything else is guarded by holding the baton.
class Seat {
 public:
  void give() {
    {
      const std::lock_guard lock(mutex_);
      turn_ = true;
    }
    given_.notify_one();  // after the unlock: on one core the woken thread would only block again
  }
  void take() {
    std::unique_lock lock(mutex_);
    given_.wait(lock, [&] { return turn_; });
    turn_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  bool turn_ = false;
};

class BatonWorld final : public World {
 public:
  BatonWorld(std::size_t lanes, std::uint64_t seed) : picker_(seed), seats_(lanes) {}

  Outcome run(std::uint64_t crash_after, const Body& body) {
    crash_after_ = crash_after;
    for (LaneNumber lane = 0; lane < seats_.size(); ++lane) picker_.ready(lane);
    std::vector<std::thread> threads;
    for (LaneNumber lane = 0; lane < seats_.size(); ++lane)
      threads.emplace_back([this, lane, &body] { live(lane, body); });
    hand_on();
    for (auto& thread : threads) thread.join();
    return {picker_.switches(), picker_.digest()};
  }

  void pause(std::uint64_t ticks) override {
    picker_.sleep(self, ticks);
    leave();
  }
  void park() override {
    parked_.push_back(self);
    leave();
  }
  void unpark_all() override {
    for (const LaneNumber lane : parked_) picker_.ready(lane);
    parked_.clear();
  }

 private:
  void live(LaneNumber lane, const Body& body) {
    self = lane;
    try {
      await_turn();
      body(*this, lane);
    } catch (const Crashed&) {  // unwound
    }
    if (!crashed_)
      hand_on();
    else if (lane + 1 < seats_.size())
      seats_[lane + 1].give();
  }

  void leave() {
    hand_on();
    await_turn();
  }

  void await_turn() {
    seats_[self].take();
    if (crashed_) throw Crashed{};
  }

  void hand_on() {
    LaneNumber next = picker_.next();
    if (next == nobody) return;
    if (picker_.switches() == crash_after_) {
      crashed_ = true;  // the lanes unwind in order of their numbers
      next = 0;
    }
    seats_[next].give();
  }

  Picker picker_;
  std::vector<Seat> seats_;
  std::vector<LaneNumber> parked_;
  std::uint64_t crash_after_ = 0;
  bool crashed_ = false;
};

}  // namespace

Outcome run_batons(std::size_t lanes, std::uint64_t seed, std::uint64_t crash_after,
                   const Body& body) {
  return BatonWorld(lanes, seed).run(crash_after, body);
}

}  // namespace flit::spike
