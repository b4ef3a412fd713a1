#pragma once
/// @file Where lanes run: threads in production, a replayable simulation in tests.
///
/// A lane is straight-line code that waits. All of its waits go through what an Executor hands out:
/// clock() to sleep, monitors (by Watched and Channel) to meet other lanes. Write against this and
/// the same code runs on ThreadExecutor, and on SimExecutor in an order that a seed decides. Lanes
/// are started through Lanes (base/lanes.hpp), which collects their exceptions and joins them. An
/// executor outlives everything that it made. Why it is so: docs/adr/0001.

#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/monitor.hpp"

namespace flit {

/// Goes through a lane when the simulated process dies (base/sim_executor.hpp). It is no
/// std::exception, so that no handler takes it for a failure: destructors run, nothing else does.
struct Crashed {};

/// A started lane. Its destructor waits until the lane has ended.
class Lane {
 public:
  virtual ~Lane() = default;
};

class Executor {
 public:
  virtual ~Executor() = default;

  virtual Clock& clock() = 0;

  /// `name` is for reports: "channel writes".
  virtual std::unique_ptr<Monitor> make_monitor(std::string name) = 0;

  /// REQUIRES: nothing but Crashed leaves `body`; use Lanes, which sees to it.
  [[nodiscard]] virtual std::unique_ptr<Lane> start(std::string name,
                                                    std::function<void()> body) = 0;
};

}  // namespace flit
