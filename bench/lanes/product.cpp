// What came of it: the product's own SimExecutor under the same load, to compare with the spike.

#include "base/channel.hpp"
#include "base/lanes.hpp"
#include "base/random.hpp"
#include "base/sim_executor.hpp"
#include "bench/lanes/world.hpp"

namespace flit::spike {

Outcome run_product(std::size_t lanes, std::uint64_t seed, std::uint64_t items) {
  SimExecutor sim({.seed = seed});
  sim.run([&] {
    Channel<std::uint64_t> queue(sim, "queue", 8);
    Lanes producers(sim, "producers", {});
    Lanes consumers(sim, "consumers", {});
    for (std::size_t lane = 0; lane < lanes / 2; ++lane) {
      const std::string number = std::to_string(lane);
      producers.spawn("producer " + number, [&, number](std::stop_token stop) {
        Random random(seed, "producer " + number);
        for (std::uint64_t item = 1; item <= items; ++item) {
          sim.clock().sleep_for(std::chrono::nanoseconds(random.below(10)), stop);
          static_cast<void>(queue.push(item, {stop}));
        }
      });
      consumers.spawn("consumer " + number, [&, number](std::stop_token stop) {
        Random random(seed, "consumer " + number);
        while (queue.pop({stop}).passage == Passage::done)
          sim.clock().sleep_for(std::chrono::nanoseconds(random.below(10)), stop);
      });
    }
    producers.join();
    queue.close();
    consumers.join();
  });
  return {sim.trace().switches(), sim.trace().digest()};
}

}  // namespace flit::spike
