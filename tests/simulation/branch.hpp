#pragma once
/// @file A drill in a process of the operating system's own, that begins as a copy of this one.
///
/// So many drills can go on from the same point of the same migration, and one that crashes is a
/// failed drill, not the end of all.

#include <functional>

#include "drill.hpp"

namespace flit::test {

/// REQUIRES: no other thread runs.
DrillReport in_own_process(const std::function<DrillReport()>& drill);

}  // namespace flit::test
