#pragma once
/// @file S-06 and S-07 over a project: the sample moved, and everything moved.

#include <cstdint>
#include <stop_token>
#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/loader.hpp"
#include "engine/sample.hpp"

namespace flit::wiring {

struct SampleOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::Sample sample{};
  engine::LoadReport report{};
};

/// `size`: records, before those they depend on. Needs the gates map, plan and owners, and S-05.
Result<SampleOutcome> move_sample(Workspace& workspace, std::uint64_t size, std::stop_token stop);

struct RunOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::LoadReport report{};
};

/// Needs all gates, and S-05.
Result<RunOutcome> move_everything(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
