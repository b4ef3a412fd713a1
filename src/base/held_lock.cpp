#include "base/held_lock.hpp"

#include <fmt/format.h>

#include "base/check.hpp"

namespace flit {
namespace {

struct Held {
  int monitors = 0;
  int leaves = 0;
};

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): of this thread only
thread_local Held held;

}  // namespace

HeldLock::HeldLock(Kind kind) : kind_(kind) {
  switch (kind_) {
    case Kind::monitor:
      FLIT_CHECK(held.monitors == 0, "a monitor is entered with empty hands, but one is held");
      FLIT_CHECK(held.leaves == 0, "a monitor is entered with empty hands, but a Sync is held");
      ++held.monitors;
      return;
    case Kind::leaf:
      FLIT_CHECK(held.leaves == 0, "a Sync is a leaf: inside it no other lock is taken");
      ++held.leaves;
      return;
  }
}

HeldLock::~HeldLock() {
  --(kind_ == Kind::monitor ? held.monitors : held.leaves);
}

void require_no_lock_held(const char* doing) {
  if (held.monitors == 0 && held.leaves == 0) return;
  throw Bug(fmt::format("a lock is held while {}", doing));
}

}  // namespace flit
