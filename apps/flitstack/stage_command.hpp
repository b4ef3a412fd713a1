#pragma once
/// @file What the commands that run a stage have in common.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/flitstack/command.hpp"
#include "apps/flitstack/session.hpp"
#include "base/json_writer.hpp"
#include "engine/gates.hpp"
#include "store/notebook.hpp"

namespace flit::app {

/// Runs `work` as the stage of that id, its summary on record. `work` returns the summary, a JSON
/// object.
Result<std::string> on_record(Session& session, std::string_view stage_id,
                              const std::function<Result<std::string>()>& work);

/// "flitstack --project DIR COMMAND": the next command as it can be typed here.
std::string typed(const Invocation& invocation, std::string_view command);

/// Findings of a stage, gravest first, a line each with its remedy; returns how many block.
Result<std::size_t> print_findings(Session& session, Terminal& terminal, std::string_view stage_id);

/// All findings of a stage.
Result<std::vector<store::Finding>> findings_of(Session& session, std::string_view stage_id);

/// The members "findings": [...] into an open object.
void write_findings(json::Writer& out, const std::vector<store::Finding>& findings);

/// Fault::setup, code "gate_closed", unless that stage is done; `command` runs it.
Result<void> require_done(Session& session, std::string_view stage_id, std::string_view command);

/// An option that holds a whole number, or `usual`. Fault::setup for anything else.
Result<std::uint64_t> count_given(const Invocation& invocation, std::string_view option,
                                  std::uint64_t usual);

/// "12,345".
std::string grouped(std::uint64_t number);

}  // namespace flit::app
