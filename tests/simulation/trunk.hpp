#pragma once
/// @file An undisturbed migration, and the drills that branch off from it.
///
/// Until its trouble begins a drill is the same as all others, so that part is run once. What an
/// undisturbed migration ends with, the drills are measured by.

#include <functional>
#include <span>
#include <string>

#include "drill.hpp"

namespace flit::test {

struct TrunkSettings {
  sim::interactive::GenerateSettings data{};
  std::string poisoned_row{};
  bool inhabited = false;  ///< people have worked over there before (world.hpp)
};

/// The whole way without trouble; throws when that fails.
Expected undisturbed(const TrunkSettings& settings);

using Hear = std::function<void(std::uint64_t seed, const DrillReport& report)>;

/// Each drill in a process of its own; with a single one in this process, for debuggers.
/// `hear` is told of them in the order in which they begin.
void branch_off(const TrunkSettings& settings, std::span<const DrillSettings> drills,
                const Expected& expected, const Hear& hear);

}  // namespace flit::test
