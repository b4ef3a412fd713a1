#pragma once
/// @file The rule that makes lock order and "lock held across I/O" non-topics, checked at run time.
///
/// A lane holds at most one monitor, inside it at most one leaf (Sync), and nothing at all while it
/// waits, sleeps or sends. Then no order of locks can deadlock and no lock is held for longer than
/// a few instructions. Each thread counts what it holds; breaking the rule is a Bug on the spot, in
/// every test, whether or not two lanes happened to meet.

namespace flit {

/// Says, for its lifetime, that this thread holds a lock. Made before locking.
class HeldLock {
 public:
  enum class Kind {
    monitor,  ///< others may wait for what it guards; taken only with empty hands
    leaf,     ///< guards a few instructions; may be taken inside a monitor
  };

  explicit HeldLock(Kind kind);
  ~HeldLock();
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

 private:
  Kind kind_;
};

/// Throws Bug when this thread holds a lock. Everything that may block for long calls it first;
/// `doing` completes "a lock is held while …".
void require_no_lock_held(const char* doing);

}  // namespace flit
