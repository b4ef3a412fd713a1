#pragma once
/// @file Decides which lane of a simulation goes on, and when virtual time moves.
///
/// Every function but those marked is called by the lane that holds the baton, so nothing here is
/// locked. Lanes that may go on stand in queue_; who waits for a condition is put there when the
/// condition has come true, and looked at again before it is given the baton, so a thread is never
/// woken for nothing.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/detail/sim_lane.hpp"
#include "base/random.hpp"
#include "base/sim_executor.hpp"
#include "base/sim_trace.hpp"

namespace flit::detail {

class SimScheduler {
 public:
  explicit SimScheduler(const SimExecutor::Settings& settings);
  ~SimScheduler();

  SimExecutor::Ending run(const std::function<void()>& program);
  [[noreturn]] void crash();

  SimLane& start(std::string name, std::function<void()> body);

  /// Returns when the lane has ended. Never throws: destructors wait with it. Also called after
  /// run().
  void join(SimLane& lane) noexcept;  // NOLINT(bugprone-exception-escape): see there

  /// The place where a lane enters a monitor: others may go first.
  void interrupt();

  /// Whether the calling lane may wait: throws Crashed when the process has died, and says no when
  /// it has died but this lane is unwinding, where nothing can be thrown.
  bool may_wait();

  /// Until the condition, the deadline, the stop or the crash; may return early. The caller asks
  /// may_wait(), looks, and repeats. REQUIRES: may_wait() said yes.
  void suspend(SimWait wait);

  /// The lane's condition has come true.
  void wake(SimLane& lane);

  /// The calling lane; throws Bug when the caller is none of ours. `doing` completes "… is done by
  /// lanes".
  SimLane& self(const char* doing) const;

  std::string_view keep(std::string name) { return *names_.insert(std::move(name)).first; }
  Duration elapsed() const { return elapsed_; }  // any thread, when no lane runs
  Instant start_instant() const { return settings_.start; }
  bool dead() const { return phase_ == Phase::dead; }
  const SimTrace& trace() const { return trace_; }

 private:
  /// Dying: a crash was asked for, interrupted lanes run on to their next wait. Each is a step that
  /// the lane could have taken before the crash, so what they do is real; then all are dead at
  /// once.
  enum class Phase { alive, dying, dead };

  void live(SimLane& lane, const std::function<void()>& body);
  void leave(SimLane& lane, SimLane::State state);
  void end(SimLane& lane);
  SimLane& next();
  std::size_t draw();
  bool somebody_is_interrupted() const;
  std::optional<SimTrace::Why> reason(const SimLane& lane) const;
  void enqueue(SimLane& lane);
  void set_alarm(SimLane& lane);
  void clear_alarm(SimLane& lane);
  void move_time();
  void die();
  void fail(std::string_view what);
  static std::string doing(const SimLane& lane);

  SimExecutor::Settings settings_;
  Random random_;
  SimTrace trace_;
  std::set<std::string> names_;  // of monitors; traces and waits point into it
  std::deque<SimLane> lanes_;    // kept to the end: traces name them
  std::vector<SimLane*> queue_;  // order is immaterial: the dice choose
  std::map<std::pair<Tick, std::uint64_t>, SimLane*> sleepers_;  // by deadline, then arrival
  std::uint64_t alarms_set_ = 0;
  Duration elapsed_{};
  Phase phase_ = Phase::alive;
  bool running_ = false;
  std::string failure_;  // of the simulated program: deadlock or livelock
};

}  // namespace flit::detail
