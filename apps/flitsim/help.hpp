#pragma once
/// @file The help pages of flitsim: what it is, which kinds there are, what one can be told.

#include <string>

#include "apps/flitsim/command_line.hpp"

namespace flit::sim {

std::string program_page(const Kinds& kinds);
std::string kind_page(const Chosen& chosen);

}  // namespace flit::sim
