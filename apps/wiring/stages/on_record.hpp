#pragma once
/// @file What the stages of a project have in common: a record of each, findings, what must be done
/// before.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/wiring/workspace.hpp"
#include "base/json_writer.hpp"
#include "store/notebook.hpp"

namespace flit::wiring {

/// Runs `work` as the stage of that id, its summary on record. `work` returns the summary, a JSON
/// object.
Result<std::string> on_record(Workspace& workspace, std::string_view stage_id,
                              const std::function<Result<std::string>()>& work);

/// All findings of a stage, gravest first.
Result<std::vector<store::Finding>> findings_of(Workspace& workspace, std::string_view stage_id);

std::size_t blockers_among(const std::vector<store::Finding>& findings);

std::string_view to_string(store::Severity severity);

/// The members "findings": [...] into an open object.
void write_findings(json::Writer& out, const std::vector<store::Finding>& findings);

/// Fault::setup, code "gate_closed", unless that stage is done; `command` runs it.
Result<void> require_done(Workspace& workspace, std::string_view stage_id,
                          std::string_view command);

}  // namespace flit::wiring
