#pragma once
/// @file An executor whose wall clock somebody sets, forwards and backwards, while lanes run.
///
/// Ticks, waits and scheduling are those of the executor beneath; only now() jumps.

#include <memory>
#include <string>

#include "base/executor.hpp"
#include "base/random.hpp"

namespace flit::test {

class JumpyClock final : public Clock {
 public:
  /// `one_in`: calls of now() between two jumps, on average; 0: never.
  JumpyClock(Clock& beneath, std::uint64_t seed, std::uint64_t one_in)
      : beneath_(beneath), random_(seed, "clock"), one_in_(one_in) {}

  Instant now() const override {
    if (one_in_ > 0 && random_.one_in(one_in_))
      ahead_ = std::chrono::seconds(random_.between(-300'000, 300'000));
    return beneath_.now() + ahead_;
  }
  Tick tick() const override { return beneath_.tick(); }
  bool sleep_until(Tick deadline, std::stop_token stop) override {
    return beneath_.sleep_until(deadline, std::move(stop));
  }

 private:
  Clock& beneath_;
  mutable Random random_;
  mutable std::chrono::seconds ahead_{0};
  std::uint64_t one_in_;
};

class JumpyExecutor final : public Executor {
 public:
  JumpyExecutor(Executor& beneath, std::uint64_t seed, std::uint64_t one_in)
      : beneath_(beneath), clock_(beneath.clock(), seed, one_in) {}

  Clock& clock() override { return clock_; }
  std::unique_ptr<Monitor> make_monitor(std::string name) override {
    return beneath_.make_monitor(std::move(name));
  }
  std::unique_ptr<Lane> start(std::string name, std::function<void()> body) override {
    return beneath_.start(std::move(name), std::move(body));
  }

 private:
  Executor& beneath_;
  JumpyClock clock_;
};

}  // namespace flit::test
