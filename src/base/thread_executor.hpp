#pragma once
/// @file Lanes in production: each is a thread of the operating system.
///
/// Waits are on condition variables and on the ThreadClock handed in, so a scaled clock shortens
/// them and a manual clock commands them. Thread-safe. A lane costs a thread (about 100 µs to
/// start, 10 KiB of touched memory), which is why lanes are hundreds, not millions.

#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/executor.hpp"

namespace flit {

class ThreadExecutor final : public Executor {
 public:
  /// `clock` outlives this.
  explicit ThreadExecutor(ThreadClock& clock) : clock_(clock) {}

  Clock& clock() override { return clock_; }
  std::unique_ptr<Monitor> make_monitor(std::string name) override;
  std::unique_ptr<Lane> start(std::string name, std::function<void()> body) override;

 private:
  ThreadClock& clock_;
};

}  // namespace flit
