#pragma once
/// @file What a load came to, as lines; sample and run say it alike.

#include "apps/flitstack/terminal.hpp"
#include "engine/loader.hpp"

namespace flit::app {

void print(Terminal& terminal, const engine::LoadReport& report);

}  // namespace flit::app
