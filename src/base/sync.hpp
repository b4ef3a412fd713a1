#pragma once
/// @file A value that several threads share, reachable only with its lock held.
///
/// For a few instructions on plain data, in any thread, without an Executor. What lanes wait for is
/// a Watched (base/watched.hpp). Inside with() no other lock is taken and nothing waits
/// (base/held_lock.hpp checks). Thread-safe.

#include <functional>
#include <mutex>
#include <type_traits>
#include <utility>

#include "base/held_lock.hpp"

namespace flit {

template <typename T>
class Sync {
 public:
  Sync() = default;
  explicit Sync(T value) : value_(std::move(value)) {}

  /// Runs `use(T&)` with the lock held and returns what it returns, by value.
  template <typename Use>
  auto with(Use&& use) {
    return locked(value_, std::forward<Use>(use));
  }

  /// The same for looking only.
  template <typename Use>
  auto with(Use&& use) const {
    return locked(value_, std::forward<Use>(use));
  }

 private:
  template <typename Value, typename Use>
  auto locked(Value& value, Use&& use) const {
    static_assert(!std::is_reference_v<std::invoke_result_t<Use, Value&>>,
                  "a reference would outlive the lock: return a value");
    const HeldLock held(HeldLock::Kind::leaf);
    const std::lock_guard lock(mutex_);
    return std::invoke(std::forward<Use>(use), value);
  }

  mutable std::mutex mutex_;
  T value_{};
};

}  // namespace flit
