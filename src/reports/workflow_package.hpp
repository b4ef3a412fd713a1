#pragma once
/// @file Workflows as a reference for whoever rebuilds them (ID-13): every definition as the source
/// gave it, and which of what it names is not there any more.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reports/report_inputs.hpp"

namespace flit::reports {

struct WorkflowLine {
  std::string id;
  std::string name;
  std::string object;
  std::string type;
  bool active = false;
  std::uint64_t actions = 0;
  std::vector<std::string> dead{};  ///< "actions.0.owner_id: owner 31 is not there"
};

/// Writes the JSON file; returns a line for each workflow. As many as a company has rules.
Result<std::vector<WorkflowLine>> write_workflows(const ReportInputs& inputs,
                                                  const std::filesystem::path& file);

}  // namespace flit::reports
