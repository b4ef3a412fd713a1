#pragma once
/// @file Looks at another lane's condition on that lane's behalf.

#include "base/monitor.hpp"

namespace flit::detail {

/// A condition that throws counts as one that holds: its own lane wakes, looks itself, and throws
/// there.
inline bool holds(const Monitor::Condition& condition) noexcept {
  try {
    return condition();
  } catch (...) {
    return true;
  }
}

}  // namespace flit::detail
