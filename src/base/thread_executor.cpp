#include "base/thread_executor.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/detail/holds.hpp"
#include "base/detail/name_thread.hpp"
#include "base/held_lock.hpp"

namespace flit {
namespace {

// Why no wake-up is lost. Whoever releases the lock after a change, or after a wait however it
// ended, wakes the first waiter whose condition holds and that is not awake already. So whenever
// the lock is free, either no sleeping waiter's condition holds, or a woken one is on its way to
// the lock; when that one leaves, the next is looked for. One push wakes one lane, not all of them.
class ThreadMonitor final : public Monitor {
 public:
  explicit ThreadMonitor(ThreadClock& clock) : clock_(clock) {}

  void change(const Act& act) override {
    const HeldLock held(HeldLock::Kind::monitor);
    const std::lock_guard lock(mutex_);
    const WakeAtExit wake{*this};
    act();
  }

  void look(const Act& act) const override {
    const HeldLock held(HeldLock::Kind::monitor);
    const std::lock_guard lock(mutex_);
    act();
  }

  Woken wait(const Wait& wait) override {
    const HeldLock held(HeldLock::Kind::monitor);
    std::unique_lock lock(mutex_);
    const WakeAtExit wake{*this};
    Waiter me{*this, wait.ready};
    while (true) {
      if (wait.patience.stop.stop_requested()) return Woken::stopped;
      if (wait.ready()) {
        wait.act();
        return Woken::ready;
      }
      if (clock_.tick() >= wait.patience.until) return Woken::deadline;
      sleep(me, lock, wait.patience);
    }
  }

 private:
  /// Stands in waiters_ for its lifetime. Everything is guarded by the monitor's mutex.
  struct Waiter {
    Waiter(ThreadMonitor& monitor, const Condition& condition) : owner(monitor), ready(condition) {
      owner.waiters_.push_back(this);
    }
    ~Waiter() {
      owner.waiters_.erase(std::find(owner.waiters_.begin(), owner.waiters_.end(), this));
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    ThreadMonitor& owner;
    const Condition& ready;
    std::shared_ptr<Bell> bell{};  // made when it first has to sleep
    bool awake = true;
  };

  struct WakeAtExit {
    ThreadMonitor& monitor;
    ~WakeAtExit() { monitor.wake_one(); }
  };

  void sleep(Waiter& me, std::unique_lock<std::mutex>& lock, const Patience& patience) {
    if (!me.bell) me.bell = std::make_shared<Bell>();
    std::unique_lock at_bell(
        me.bell->mutex);  // taken before the monitor is let go: no ring is missed
    me.awake = false;
    lock.unlock();
    clock_.wait(me.bell, at_bell, patience.until, patience.stop);
    at_bell.unlock();
    lock.lock();
    me.awake = true;
  }

  void wake_one() noexcept {
    for (Waiter* waiter : waiters_) {
      if (waiter->awake || !detail::holds(waiter->ready)) continue;
      waiter->awake = true;
      const std::lock_guard at_bell(waiter->bell->mutex);
      waiter->bell->ring();
      return;
    }
  }

  ThreadClock& clock_;
  mutable std::mutex mutex_;
  std::vector<Waiter*> waiters_;  // in order of arrival
};

class ThreadLane final : public Lane {
 public:
  ThreadLane(std::string name, std::function<void()> body)
      : thread_([name = std::move(name), body = std::move(body)] {
          detail::name_this_thread(name);
          body();
        }) {}
  ~ThreadLane() override { thread_.join(); }
  ThreadLane(const ThreadLane&) = delete;
  ThreadLane& operator=(const ThreadLane&) = delete;

 private:
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Monitor> ThreadExecutor::make_monitor(std::string) {
  return std::make_unique<ThreadMonitor>(clock_);
}

std::unique_ptr<Lane> ThreadExecutor::start(std::string name, std::function<void()> body) {
  return std::make_unique<ThreadLane>(std::move(name), std::move(body));
}

}  // namespace flit
