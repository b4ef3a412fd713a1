#pragma once
/// @file The question of ADR 0001, as small as it can be asked: one seeded scheduler, three ways to
/// suspend a lane.
///
/// Picker decides who goes on and moves the virtual time; World is what a lane may do. The lanes of
/// fibers.cpp and batons.cpp are the same straight-line code (lane.hpp); machines.cpp has to be
/// written otherwise, which is part of the answer. This is measuring code: the product uses
/// src/base only.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <vector>

namespace flit::spike {

/// SplitMix64; enough randomness for choosing.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31U)) % bound;
  }

 private:
  std::uint64_t state_;
};

using LaneNumber = std::size_t;
inline constexpr LaneNumber nobody = static_cast<LaneNumber>(-1);

/// Who goes on: one of the ready lanes by the dice; when none is ready, the next sleeper.
class Picker {
 public:
  explicit Picker(std::uint64_t seed) : dice_(seed) {}

  void ready(LaneNumber lane) { ready_.push_back(lane); }
  void sleep(LaneNumber lane, std::uint64_t ticks) {
    sleepers_.push({now_ + ticks, order_++, lane});
  }

  LaneNumber next() {
    while (ready_.empty()) {
      if (sleepers_.empty()) return nobody;
      now_ = sleepers_.top().at;
      for (; !sleepers_.empty() && sleepers_.top().at == now_; sleepers_.pop())
        ready_.push_back(sleepers_.top().lane);
    }
    const auto at = static_cast<std::size_t>(dice_.below(ready_.size()));
    const LaneNumber lane = ready_[at];
    ready_[at] = ready_.back();
    ready_.pop_back();
    ++switches_;
    digest_ = (digest_ ^ lane) * 0x100000001B3U;
    return lane;
  }

  std::uint64_t switches() const { return switches_; }
  std::uint64_t digest() const { return digest_; }

 private:
  struct Sleeper {
    std::uint64_t at, order;
    LaneNumber lane;
    bool operator<(const Sleeper& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };

  Dice dice_;
  std::vector<LaneNumber> ready_;
  std::priority_queue<Sleeper> sleepers_;
  std::uint64_t now_ = 0, order_ = 0, switches_ = 0;
  std::uint64_t digest_ = 0xCBF29CE484222325U;
};

/// What a lane may do to wait. park() leaves until somebody calls unpark_all().
class World {
 public:
  virtual ~World() = default;
  virtual void pause(std::uint64_t ticks) = 0;
  virtual void park() = 0;
  virtual void unpark_all() = 0;
};

/// Thrown into a lane when the simulated process dies.
struct Crashed {};

using Body = std::function<void(World&, LaneNumber)>;

struct Outcome {
  std::uint64_t switches = 0, digest = 0;
};

/// Runs the lanes to their end; with `crash_after`, crashes after so many switches.
using Runner = Outcome (*)(std::size_t lanes, std::uint64_t seed, std::uint64_t crash_after,
                           const Body& body);

Outcome run_fibers(std::size_t lanes, std::uint64_t seed, std::uint64_t crash_after,
                   const Body& body);
Outcome run_batons(std::size_t lanes, std::uint64_t seed, std::uint64_t crash_after,
                   const Body& body);

/// The same work as lane.hpp's, as state machines; no crash: a machine is simply not stepped again.
Outcome run_machines(std::size_t lanes, std::uint64_t seed, std::uint64_t items);

/// The same load on the product's own SimExecutor.
Outcome run_product(std::size_t lanes, std::uint64_t seed, std::uint64_t items);

}  // namespace flit::spike
