#pragma once
/// @file The commands of a migration in their order, as a simulated process runs them.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"

namespace flit::test {

/// How a command ended, and what --json would have printed of it.
struct Ended {
  Result<wiring::Exit> exit = wiring::Exit::done;
  std::string document{};
};

struct Step {
  std::string_view name;
  std::function<Result<Ended>(wiring::Workspace&, std::stop_token)> act{};  ///< empty: init
};

/// init to reconcile, then the rollback with the schema.
const std::vector<Step>& whole_way();
/// The step behind which people edit the map.
inline constexpr std::string_view proposing = "map propose";
/// The step behind which the way leads back.
inline constexpr std::string_view turning_point = "rollback";

}  // namespace flit::test
