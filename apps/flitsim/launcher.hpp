#pragma once
/// @file `flitsim`: from what was typed to a served simulator, for any list of kinds.
///
/// main.cpp hands in the real list (kinds.hpp); tests hand in one of their own.

#include <memory>
#include <string_view>
#include <vector>

#include "sim/base/kind.hpp"

namespace flit::sim {

using Kinds = std::vector<std::unique_ptr<Kind>>;

/// Exit codes of contract.md: 0 done, 1 unexpected, 2 usage or configuration.
inline constexpr int exit_done = 0;
inline constexpr int exit_unexpected = 1;
inline constexpr int exit_usage = 2;

/// The whole program. Returns after help, after an error, when a kind has done its job, or when
/// SIGTERM or SIGINT has ended the simulator.
int launch(int argc, const char* const* argv, const Kinds& kinds, std::string_view version);

}  // namespace flit::sim
