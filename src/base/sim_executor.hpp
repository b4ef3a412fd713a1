#pragma once
/// @file Lanes in simulation: one runs at a time, in an order that a seed decides, in virtual time.
///
/// The program runs as it would in production, with this executor in place of ThreadExecutor. Who
/// goes on is drawn among the lanes that can; a lane may also be interrupted where it enters a
/// monitor. When all wait, time jumps to the next deadline. The same seed gives the same run,
/// switch for switch. Lanes are real threads that pass a baton (docs/adr/0001), so thread_local,
/// exceptions, gdb and sanitizers are as in production. All waiting must go through the executor; a
/// stop is requested only by lanes.
///
/// What becomes of a run besides its end: a deadlock (nobody can ever go on) and a livelock (too
/// many switches) are Bugs that name who waits for what. A crash lets every lane reach its next
/// wait, then throws Crashed out of those waits: destructors run, nothing else does, as far as the
/// code goes. So a destructor must have no lasting effect, and must not wait except for lanes.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/executor.hpp"
#include "base/sim_trace.hpp"

namespace flit {

namespace detail {
class SimScheduler;
}

class SimExecutor final : public Executor {
 public:
  struct Settings {
    std::uint64_t seed = 0;
    Instant start{};                          ///< what clock().now() says first
    std::uint64_t interrupt_one_in = 4;       ///< entries of a monitor, on average; 0: never
    std::uint64_t crash_at_switch = 0;        ///< 0: never; a run that is shorter does not crash
    std::uint64_t max_switches = 10'000'000;  ///< more is a livelock
    std::size_t trace_length = 10'000;        ///< steps that are kept
  };

  enum class Ending { done, crashed };

  explicit SimExecutor(Settings settings);
  ~SimExecutor() override;

  /// Runs `program` as the first lane, on the calling thread, until it and all its lanes have
  /// ended. An exception of the program is thrown on. To be called once, from no lane of a
  /// simulation.
  Ending run(const std::function<void()>& program);

  /// Ends the simulated process here and now. REQUIRES: called by a lane.
  [[noreturn]] void crash();

  /// Whether the process has died. Whatever stands for the world outside (a disk, a network)
  /// refuses from then on what destructors might still ask of it.
  bool crashed() const;

  const SimTrace& trace() const;

  Clock& clock() override;
  std::unique_ptr<Monitor> make_monitor(std::string name) override;
  std::unique_ptr<Lane> start(std::string name, std::function<void()> body) override;

 private:
  std::unique_ptr<detail::SimScheduler> scheduler_;
  std::unique_ptr<Clock> clock_;
};

}  // namespace flit
