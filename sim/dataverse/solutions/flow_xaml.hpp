#pragma once
/// @file The stages of a business process flow (§12), from the XAML that defines it.
///
/// Read are EntityComposite (the table), StageComposite, StageId, StageCategory, NextStageId and
/// StepLabels, as public exports have them [C], the columns of required steps (StepComposite,
/// IsProcessRequired) and where conditions lead (SetNextStage); the conditions themselves are
/// judged by clients. The path follows NextStageId from the first stage, else the order of the text
/// (older flows).

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/rules/process_flows.hpp"

namespace flit::sim::dataverse {

/// Codes 0x80060417 (nothing in it), 0x80060407 (a stage id), 0x8004802c (no XML).
Result<std::vector<FlowStage>> read_flow_stages(std::string_view xaml);

}  // namespace flit::sim::dataverse
