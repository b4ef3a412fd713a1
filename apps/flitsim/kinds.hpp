#pragma once
/// @file The one list of what flitsim can play.

#include "apps/flitsim/launcher.hpp"

namespace flit::sim {

Kinds all_kinds();

}  // namespace flit::sim
