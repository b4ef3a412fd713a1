#pragma once
/// @file The two executors as worlds that one typed test suite runs in.

#include <functional>

#include "base/clock.hpp"
#include "base/sim_executor.hpp"
#include "base/thread_executor.hpp"

namespace flit::test {

using Program = std::function<void(Executor&)>;

/// Real threads; a virtual second takes a real millisecond.
struct ThreadWorld {
  RealClock real{};
  ScaledClock clock{real, 1000};
  ThreadExecutor executor{clock};

  void run(const Program& program) { program(executor); }
};

struct SimWorld {
  SimExecutor executor{{.seed = 1, .interrupt_one_in = 2}};

  void run(const Program& program) {
    executor.run([&] { program(executor); });
  }
};

}  // namespace flit::test
