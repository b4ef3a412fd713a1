#pragma once
/// @file How a lane waits for something that another lane does: a lock and conditions under it.
///
/// Nobody calls this directly: Watched (base/watched.hpp) joins it to the value it guards, Channel
/// builds on that. The condition is handed in, and whoever leaves the monitor wakes a lane whose
/// condition has come true: there is no notify to forget, no spurious return, and no herd. An
/// Executor makes monitors; ThreadExecutor's use a mutex, SimExecutor's need none.

#include <functional>
#include <stop_token>

#include "base/clock.hpp"

namespace flit {

/// How long a wait may last. Every wait has one, so that every lane can be stopped.
struct Patience {
  std::stop_token stop;  ///< an empty token: cannot be stopped, which needs a reason
  Tick until = never;    ///< in ticks of the executor's clock
};

/// How a wait ended. A stop that is requested wins over a condition that holds, and that over a
/// deadline.
enum class Woken { ready, deadline, stopped };

class Monitor {
 public:
  using Condition = std::function<bool()>;
  using Act = std::function<void()>;

  struct Wait {
    const char* what;  ///< a literal, for reports: "an item"
    const Patience& patience;
    const Condition&
        ready;       ///< looks only, at what the monitor guards; runs in any lane, lock held
    const Act& act;  ///< runs in this lane, lock held, when ready
  };

  virtual ~Monitor() = default;

  /// Runs `act` with the lock held, then wakes whoever can go on.
  virtual void change(const Act& act) = 0;

  /// Runs `act` with the lock held. REQUIRES: it changes nothing that a condition looks at.
  virtual void look(const Act& act) const = 0;

  /// Waits until ready() and runs act() before anybody can change that. Anything but Woken::ready
  /// means that act() has not run.
  [[nodiscard]] virtual Woken wait(const Wait& wait) = 0;
};

}  // namespace flit
