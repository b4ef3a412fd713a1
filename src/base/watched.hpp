#pragma once
/// @file A value that lanes share and wait for.
///
/// The value is reachable only with its lock held, and whatever changes it wakes a lane whose
/// condition has come true. So a wake-up cannot be lost and a condition cannot be stale when it is
/// acted upon. Inside the functions handed in nothing waits, sleeps or sends (base/held_lock.hpp
/// checks). Thread-safe.
///
///     Watched<Budget> budget(executor, "budget", {.left = 10});
///     const Woken woken = budget.when("budget left", {stop},
///                                     [](const Budget& b) { return b.left > 0; },
///                                     [](Budget& b) { --b.left; });

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/executor.hpp"

namespace flit {

template <typename T>
class Watched {
 public:
  explicit Watched(Executor& executor, std::string name, T value = T{})
      : monitor_(executor.make_monitor(std::move(name))), value_(std::move(value)) {}

  /// Runs `use(T&)` and returns what it returns, by value.
  template <typename Use>
  auto change(Use&& use) {
    return returned<std::invoke_result_t<Use, T&>>(
        [this](const Monitor::Act& act) { monitor_->change(act); }, [&] { return use(value_); });
  }

  /// Runs `use(const T&)` and returns what it returns, by value.
  template <typename Use>
  auto look(Use&& use) const {
    return returned<std::invoke_result_t<Use, const T&>>(
        [this](const Monitor::Act& act) { monitor_->look(act); }, [&] { return use(value_); });
  }

  /// Waits until `ready(const T&)`, then runs `act(T&)` before anybody else can change the value.
  /// `act` has not run unless the answer is Woken::ready. `what`: a literal that completes "waits
  /// for …".
  template <typename Ready, typename Act>
  [[nodiscard]] Woken when(const char* what, const Patience& patience, Ready&& ready, Act&& act) {
    const auto is_ready = [&] { return static_cast<bool>(ready(std::as_const(value_))); };
    const auto go_on = [&] { act(value_); };
    return monitor_->wait({what, patience, std::cref(is_ready), std::cref(go_on)});
  }

 private:
  template <typename Returned, typename Enter, typename Use>
  static auto returned(const Enter& enter, const Use& use) {
    static_assert(!std::is_reference_v<Returned>,
                  "a reference would outlive the lock: return a value");
    if constexpr (std::is_void_v<Returned>) {
      enter(std::cref(use));
    } else {
      std::optional<Returned> result;
      const auto keep = [&] { result.emplace(use()); };
      enter(std::cref(keep));
      return std::move(*result);
    }
  }

  std::unique_ptr<Monitor> monitor_;
  T value_;
};

}  // namespace flit
