#pragma once
/// @file S-06, second half, over a project: the sample read back and shown field by field.

#include <filesystem>
#include <stop_token>
#include <string>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/difference.hpp"

namespace flit::wiring {

struct DifferenceOutcome {
  std::string document{};  ///< JSON; also in out/diff.json
  Result<Exit> end = Exit::done;
  engine::DifferenceCounts counts{};
  std::filesystem::path page{};
};

/// Needs S-06. Writes out/diff.html and out/diff.json, behind which the sample can be approved.
Result<DifferenceOutcome> show_difference(Workspace& workspace, std::stop_token stop);

}  // namespace flit::wiring
