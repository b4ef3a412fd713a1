#pragma once
/// @file Where a simulated lane waits for its turn.
///
/// Exactly one lane of a simulation holds the baton and runs. Giving it is also what makes all that
/// the giver wrote visible to the taker, so the scheduler's state needs no lock of its own.

#include <condition_variable>
#include <mutex>

namespace flit::detail {

class Baton {
 public:
  void give() {
    {
      const std::lock_guard lock(mutex_);
      here_ = true;
    }
    given_.notify_one();  // after the unlock: the woken thread would only block on it again
  }

  void take() {
    std::unique_lock lock(mutex_);
    given_.wait(lock, [this] { return here_; });
    here_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  bool here_ = false;
};

}  // namespace flit::detail
