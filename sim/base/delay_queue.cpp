#include "sim/base/delay_queue.hpp"

#include <mutex>
#include <stop_token>

namespace flit::sim {

DelayQueue::DelayQueue(ThreadClock& clock)
    : clock_(clock), thread_([this](const std::stop_token& stop) { run(stop); }) {}

DelayQueue::~DelayQueue() {
  release();
  thread_.request_stop();
}

void DelayQueue::schedule(Tick due, Call call) {
  const std::lock_guard lock(bell_->mutex);
  calls_.emplace(std::pair(due, scheduled_++), std::move(call));
  bell_->ring();
}

void DelayQueue::release() {
  const std::lock_guard lock(bell_->mutex);
  released_ = true;
  bell_->ring();
}

void DelayQueue::run(const std::stop_token& stop) {
  std::unique_lock lock(bell_->mutex);
  while (!calls_.empty() || !stop.stop_requested()) {
    const Tick due = calls_.empty() ? never : calls_.begin()->first.first;
    if (due == never || (!released_ && clock_.tick() < due)) {
      clock_.wait(bell_, lock, due, stop);
      continue;
    }
    const Call call = std::move(calls_.begin()->second);
    calls_.erase(calls_.begin());
    lock.unlock();
    call();
    lock.lock();
  }
}

}  // namespace flit::sim
