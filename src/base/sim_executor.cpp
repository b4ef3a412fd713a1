#include "base/sim_executor.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/detail/holds.hpp"
#include "base/detail/sim_scheduler.hpp"
#include "base/held_lock.hpp"

namespace flit {
namespace {

using detail::SimLane;
using detail::SimScheduler;

class SimClock final : public Clock {
 public:
  explicit SimClock(SimScheduler& scheduler) : scheduler_(scheduler) {}

  Instant now() const override {
    return scheduler_.start_instant() + std::chrono::floor<Instant::duration>(scheduler_.elapsed());
  }

  Tick tick() const override { return Tick(scheduler_.elapsed()); }

  bool sleep_until(Tick deadline, std::stop_token stop) override {
    require_no_lock_held("sleeping");
    scheduler_.interrupt();
    while (scheduler_.may_wait()) {
      if (stop.stop_requested()) return false;
      if (tick() >= deadline) return true;
      scheduler_.suspend({.until = deadline, .stop = stop});
    }
    return false;
  }

 private:
  SimScheduler& scheduler_;
};

// One lane runs at a time and none is interrupted inside, so mutual exclusion is free.
class SimMonitor final : public Monitor {
 public:
  SimMonitor(SimScheduler& scheduler, std::string name)
      : scheduler_(scheduler), name_(scheduler.keep(std::move(name))) {}

  void change(const Act& act) override {
    require_no_lock_held("entering a monitor");
    scheduler_.interrupt();
    const WakeAtExit wake{*this};
    const HeldLock held(HeldLock::Kind::monitor);
    act();
  }

  void look(const Act& act) const override {
    require_no_lock_held("entering a monitor");
    scheduler_.interrupt();
    const HeldLock held(HeldLock::Kind::monitor);
    act();
  }

  Woken wait(const Wait& wait) override {
    require_no_lock_held("waiting");
    scheduler_.interrupt();
    while (scheduler_.may_wait()) {
      if (wait.patience.stop.stop_requested()) return Woken::stopped;
      if (acted(wait)) return Woken::ready;
      if (Tick(scheduler_.elapsed()) >= wait.patience.until) return Woken::deadline;
      sleep(wait);
    }
    return Woken::stopped;
  }

 private:
  struct WakeAtExit {
    SimMonitor& monitor;
    ~WakeAtExit() { monitor.wake_ready(); }
  };

  bool acted(const Wait& wait) {
    const HeldLock held(HeldLock::Kind::monitor);
    if (!wait.ready()) return false;
    const WakeAtExit wake{*this};
    wait.act();
    return true;
  }

  void sleep(const Wait& wait) {
    waiters_.push_back(&scheduler_.self("waiting"));
    scheduler_.suspend({.where = name_,
                        .what = wait.what,
                        .until = wait.patience.until,
                        .stop = wait.patience.stop,
                        .ready = &wait.ready});
    waiters_.erase(std::find(waiters_.begin(), waiters_.end(), &scheduler_.self("waiting")));
  }

  void wake_ready() noexcept {
    for (SimLane* lane : waiters_)
      if (!lane->queued && detail::holds(*lane->wait.ready)) scheduler_.wake(*lane);
  }

  SimScheduler& scheduler_;
  std::string_view name_;
  std::vector<SimLane*> waiters_;
};

class SimLaneHandle final : public Lane {
 public:
  SimLaneHandle(SimScheduler& scheduler, SimLane& lane) : scheduler_(scheduler), lane_(lane) {}
  ~SimLaneHandle() override { scheduler_.join(lane_); }
  SimLaneHandle(const SimLaneHandle&) = delete;
  SimLaneHandle& operator=(const SimLaneHandle&) = delete;

 private:
  SimScheduler& scheduler_;
  SimLane& lane_;
};

}  // namespace

SimExecutor::SimExecutor(Settings settings)
    : scheduler_(std::make_unique<SimScheduler>(settings)),
      clock_(std::make_unique<SimClock>(*scheduler_)) {}

SimExecutor::~SimExecutor() = default;

SimExecutor::Ending SimExecutor::run(const std::function<void()>& program) {
  return scheduler_->run(program);
}

void SimExecutor::crash() {
  scheduler_->crash();
}

bool SimExecutor::crashed() const {
  return scheduler_->dead();
}

const SimTrace& SimExecutor::trace() const {
  return scheduler_->trace();
}

Clock& SimExecutor::clock() {
  return *clock_;
}

std::unique_ptr<Monitor> SimExecutor::make_monitor(std::string name) {
  return std::make_unique<SimMonitor>(*scheduler_, std::move(name));
}

std::unique_ptr<Lane> SimExecutor::start(std::string name, std::function<void()> body) {
  return std::make_unique<SimLaneHandle>(*scheduler_,
                                         scheduler_->start(std::move(name), std::move(body)));
}

}  // namespace flit
