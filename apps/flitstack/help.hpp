#pragma once
/// @file Help that teaches: what a command is for, what to type, what comes next.

#include <string>
#include <vector>

#include "apps/flitstack/command.hpp"

namespace flit::app {

/// The page of `flitstack --help`: what the tool does, the way of a migration, the commands.
std::string help_for_product(const std::vector<Command>& commands);

/// The page of `flitstack COMMAND --help`. `path` is what was typed: "map propose".
std::string help_for_command(const Command& command, const std::string& path);

/// The same facts for programs: `flitstack --json --help`.
std::string help_as_json(const std::vector<Command>& commands);

}  // namespace flit::app
