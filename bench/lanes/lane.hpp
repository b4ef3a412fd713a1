#pragma once
/// @file The lane under measurement: half of the lanes produce, half consume, over a bounded queue,
/// with random waits. Straight-line code that knows only World.

#include <deque>

#include "bench/lanes/world.hpp"

namespace flit::spike {

struct Queue {
  static constexpr std::size_t capacity = 8;
  std::deque<std::uint64_t> items;
  std::uint64_t taken = 0, sum = 0, wanted = 0;
};

inline void produce(World& world, Queue& queue, Dice dice, std::uint64_t items) {
  for (std::uint64_t item = 1; item <= items; ++item) {
    world.pause(dice.below(10));
    while (queue.items.size() >= Queue::capacity) world.park();
    queue.items.push_back(item);
    world.unpark_all();
  }
}

inline void consume(World& world, Queue& queue, Dice dice) {
  while (true) {
    while (queue.items.empty() && queue.taken < queue.wanted) world.park();
    if (queue.items.empty()) return;
    queue.sum += queue.items.front();
    queue.items.pop_front();
    ++queue.taken;
    world.unpark_all();
    world.pause(dice.below(10));
  }
}

inline Body producer_consumer(Queue& queue, std::size_t lanes, std::uint64_t seed,
                              std::uint64_t items) {
  queue.wanted = items * (lanes / 2);
  return [&queue, seed, items](World& world, LaneNumber lane) {
    if (lane % 2 == 0)
      produce(world, queue, Dice(seed + lane), items);
    else
      consume(world, queue, Dice(seed + lane));
  };
}

}  // namespace flit::spike
