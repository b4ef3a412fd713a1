#pragma once
/// @file What the commands that run a stage have in common: how they are typed and what they show.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "apps/flitstack/command.hpp"
#include "apps/flitstack/session.hpp"
#include "reports/page.hpp"
#include "store/notebook.hpp"

namespace flit::app {

using reports::grouped;

/// "flitstack --project DIR COMMAND": the next command as it can be typed here.
std::string typed(const Invocation& invocation, std::string_view command);

/// A line for each finding, with its remedy.
void print_findings(Terminal& terminal, const std::vector<store::Finding>& findings);

/// An option that holds a whole number, or `usual`. Fault::setup for anything else.
Result<std::uint64_t> count_given(const Invocation& invocation, std::string_view option,
                                  std::uint64_t usual);

}  // namespace flit::app
