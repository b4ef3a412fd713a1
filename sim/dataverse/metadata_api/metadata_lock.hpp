#pragma once
/// @file The platform's single writer of metadata: a second one is refused, not queued (§9, §11).

#include <atomic>

namespace flit::sim::dataverse {

class MetadataLock {
 public:
  bool try_lock() { return !held_.exchange(true); }
  void unlock() { held_ = false; }

 private:
  std::atomic<bool> held_{false};
};

}  // namespace flit::sim::dataverse
