#include "base/detail/sim_scheduler.hpp"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/detail/holds.hpp"
#include "base/detail/name_thread.hpp"

namespace flit::detail {
namespace {

struct Self {
  const SimScheduler* scheduler = nullptr;
  SimLane* lane = nullptr;
};

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): which lane this thread is
thread_local Self this_lane;

using State = SimLane::State;

}  // namespace

SimScheduler::SimScheduler(const SimExecutor::Settings& settings)
    : settings_(settings), random_(settings.seed, "schedule"), trace_(settings.trace_length) {}

SimScheduler::~SimScheduler() = default;

SimLane& SimScheduler::self(const char* doing) const {
  if (this_lane.scheduler == this) return *this_lane.lane;
  throw Bug(fmt::format("{} is done by lanes of the simulation, inside run()", doing));
}

SimExecutor::Ending SimScheduler::run(const std::function<void()>& program) {
  FLIT_CHECK(this_lane.scheduler == nullptr, "a simulation is not run by a lane of another");
  FLIT_CHECK(lanes_.empty(), "a simulation runs once");
  SimLane& main = lanes_.emplace_back(0U, "main");
  trace_.add_lane(main.name);
  main.state = State::running;
  running_ = true;
  struct Leave {
    bool& running;
    ~Leave() {
      running = false;
      this_lane = {};
    }
  } const leave{running_};
  this_lane = {this, &main};
  try {
    program();
  } catch (const Crashed&) {  // unwound as far as it goes
  }
  main.state = State::ended;
  for (const SimLane& lane : lanes_)
    FLIT_CHECK(lane.state == State::ended, "every lane is joined before the program ends");
  if (!failure_.empty()) throw Bug(failure_);
  return dead() ? SimExecutor::Ending::crashed : SimExecutor::Ending::done;
}

void SimScheduler::crash() {
  SimLane& me = self("crashing");
  if (phase_ == Phase::alive) phase_ = Phase::dying;
  if (phase_ == Phase::dying) leave(me, State::waiting);
  throw Crashed{};
}

SimLane& SimScheduler::start(std::string name, std::function<void()> body) {
  self("starting a lane");
  SimLane& lane = lanes_.emplace_back(lanes_.size(), std::move(name));
  trace_.add_lane(lane.name);
  lane.thread = std::thread([this, &lane, body = std::move(body)] { live(lane, body); });
  enqueue(lane);
  return lane;
}

// A thread's whole life. An exception that Lanes did not collect ends the program.
void SimScheduler::live(SimLane& lane, const std::function<void()>& body) {
  name_this_thread(lane.name);
  lane.baton.take();
  this_lane = {this, &lane};
  lane.state = State::running;
  try {
    if (!dead()) body();
  } catch (const Crashed&) {  // unwound
  }
  end(lane);
}

void SimScheduler::end(SimLane& lane) {
  lane.state = State::ended;
  for (SimLane* joiner : lane.joiners) enqueue(*joiner);
  next().baton.give();
}

// NOLINTNEXTLINE(bugprone-exception-escape): a promise broken in a destructor ends the program
void SimScheduler::join(SimLane& lane) noexcept {
  if (lane.state != State::ended) {
    SimLane& me = self("joining a lane");
    lane.joiners.push_back(&me);
    me.joined = &lane;
    leave(me, State::joining);
    me.joined = nullptr;
  }
  lane.thread.join();
}

void SimScheduler::interrupt() {
  if (!running_ || phase_ != Phase::alive) return;
  SimLane& me = self("entering a monitor");
  if (settings_.interrupt_one_in == 0 || queue_.empty()) return;
  if (!random_.one_in(settings_.interrupt_one_in)) return;
  enqueue(me);
  leave(me, State::interrupted);
}

bool SimScheduler::may_wait() {
  SimLane& me = self("waiting");
  if (phase_ == Phase::dying) leave(me, State::waiting);
  if (!dead()) return true;
  if (std::uncaught_exceptions() > 0) return false;
  throw Crashed{};
}

void SimScheduler::suspend(SimWait wait) {
  SimLane& me = self("waiting");
  me.wait = std::move(wait);
  me.state = State::waiting;
  set_alarm(me);
  {
    const std::stop_callback on_stop(me.wait.stop, [this, &me] {
      self("requesting a stop");
      wake(me);
    });
    leave(me, State::waiting);
  }
  clear_alarm(me);
  me.wait = {};
}

void SimScheduler::wake(SimLane& lane) {
  if (lane.state == State::waiting) enqueue(lane);
}

void SimScheduler::enqueue(SimLane& lane) {
  if (lane.queued) return;
  lane.queued = true;
  queue_.push_back(&lane);
}

void SimScheduler::leave(SimLane& me, State state) {
  me.state = state;
  SimLane& lane = next();
  if (&lane != &me) {
    lane.baton.give();
    me.baton.take();
  }
  me.state = State::running;
}

SimLane& SimScheduler::next() {
  while (true) {
    if (phase_ == Phase::alive && trace_.switches() + 1 == settings_.crash_at_switch)
      phase_ = Phase::dying;
    if (phase_ == Phase::dying && !somebody_is_interrupted()) die();
    if (phase_ == Phase::alive && trace_.switches() >= settings_.max_switches)
      fail("does not come to an end");
    if (queue_.empty() && sleepers_.empty()) fail("is stuck: no lane can ever go on");
    if (queue_.empty()) move_time();

    const std::size_t drawn = draw();
    SimLane& lane = *queue_[drawn];
    queue_[drawn] = queue_.back();
    queue_.pop_back();
    lane.queued = false;
    if (const auto why = reason(lane)) {
      trace_.add(
          {trace_.switches() + 1, elapsed_, lane.number, *why, lane.wait.where, lane.wait.what});
      return lane;
    }
  }
}

/// A place in queue_; while dying, of an interrupted lane.
std::size_t SimScheduler::draw() {
  while (true) {
    const auto drawn = static_cast<std::size_t>(random_.below(queue_.size()));
    if (phase_ != Phase::dying || queue_[drawn]->state == State::interrupted) return drawn;
  }
}

bool SimScheduler::somebody_is_interrupted() const {
  return std::any_of(queue_.begin(), queue_.end(),
                     [](const SimLane* lane) { return lane->state == State::interrupted; });
}

/// Why the lane would go on now; none: it still has to wait.
std::optional<SimTrace::Why> SimScheduler::reason(const SimLane& lane) const {
  using Why = SimTrace::Why;
  if (dead()) return Why::crashed;
  switch (lane.state) {
    case State::fresh:
      return Why::starts;
    case State::interrupted:
      return Why::interrupted;
    case State::joining:
      return Why::joined;
    case State::waiting:
      if (lane.wait.stop.stop_requested()) return Why::stopped;
      if (lane.wait.ready != nullptr && holds(*lane.wait.ready)) return Why::ready;
      if (lane.wait.until <= Tick(elapsed_)) return Why::deadline;
      return std::nullopt;
    case State::running:
    case State::ended:
      break;
  }
  return std::nullopt;
}

void SimScheduler::set_alarm(SimLane& lane) {
  if (lane.wait.until == never) return;
  lane.alarm = {lane.wait.until, ++alarms_set_};
  sleepers_.emplace(*lane.alarm, &lane);
}

void SimScheduler::clear_alarm(SimLane& lane) {
  if (lane.alarm) sleepers_.erase(*lane.alarm);
  lane.alarm.reset();
}

void SimScheduler::move_time() {
  const Tick now = sleepers_.begin()->first.first;
  elapsed_ = now.time_since_epoch();
  while (!sleepers_.empty() && sleepers_.begin()->first.first <= now) {
    SimLane& lane = *sleepers_.begin()->second;
    clear_alarm(lane);
    enqueue(lane);
  }
}

void SimScheduler::die() {
  phase_ = Phase::dead;
  for (SimLane& lane : lanes_) {
    clear_alarm(lane);
    if (lane.state == State::waiting) enqueue(lane);
  }
}

void SimScheduler::fail(std::string_view what) {
  using Seconds = std::chrono::duration<double>;
  failure_ = fmt::format("the simulation of seed {} {}; at +{:.6f} s, after {} switches:\n",
                         settings_.seed, what, Seconds(elapsed_).count(), trace_.switches());
  for (const SimLane& lane : lanes_)
    if (lane.state != State::ended)
      failure_.append("  ").append(lane.name).append(" ").append(doing(lane)).append("\n");
  die();
}

std::string SimScheduler::doing(const SimLane& lane) {
  using Seconds = std::chrono::duration<double>;
  switch (lane.state) {
    case State::fresh:
      return "has not run yet";
    case State::running:
      return "runs";
    case State::interrupted:
      return "can go on";
    case State::joining:
      return fmt::format("waits for lane {} to end", lane.joined->name);
    case State::ended:
      return "has ended";
    case State::waiting:
      break;
  }
  std::string text = lane.wait.where.empty()
                         ? std::string("sleeps")
                         : fmt::format("waits for {} ({})", lane.wait.what, lane.wait.where);
  if (lane.wait.until != never)
    text += fmt::format(" until +{:.6f} s", Seconds(lane.wait.until.time_since_epoch()).count());
  if (!lane.wait.stop.stop_possible()) text += ", without a stop token";
  return text;
}

}  // namespace flit::detail
