#pragma once
/// @file Calls that are due later, made by one thread in the order in which they fall due.
///
/// The server parks an answer here for as long as the platform would have taken; no request thread
/// ever waits. Deadlines are ticks of the clock that is passed in. Thread-safe.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "base/clock.hpp"

namespace flit::sim {

class DelayQueue {
 public:
  using Call = std::function<void()>;

  /// `clock` must outlive the queue.
  explicit DelayQueue(ThreadClock& clock);
  ~DelayQueue();
  DelayQueue(const DelayQueue&) = delete;
  DelayQueue& operator=(const DelayQueue&) = delete;

  /// Makes `call` on the queue's thread at or soon after `due`. It must not throw.
  void schedule(Tick due, Call call);

  /// From now on nothing waits: all calls, present and future, are made at once.
  void release();

 private:
  void run(const std::stop_token& stop);

  ThreadClock& clock_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();  // shared because clocks ring it, too
  // guarded by bell_->mutex
  std::map<std::pair<Tick, std::uint64_t>, Call> calls_;  // the counter keeps equal deadlines apart
  std::uint64_t scheduled_ = 0;
  bool released_ = false;
  std::jthread thread_;  // last: stops and joins before the rest goes away
};

}  // namespace flit::sim
