#pragma once
/// @file What a load came to, as lines and as JSON; sample and run say it alike.

#include <string>

#include "apps/flitstack/terminal.hpp"
#include "base/json_writer.hpp"
#include "engine/loader.hpp"

namespace flit::app {

/// Members into an open object.
void append(json::Writer& out, const engine::LoadReport& report);

void print(Terminal& terminal, const engine::LoadReport& report);

/// Every table holds as many rows of ours as the ledger says.
bool counts_agree(const engine::LoadReport& report);

}  // namespace flit::app
