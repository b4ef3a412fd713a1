#pragma once
/// @file `flitsim dataverse`: its options and how it is made. What §17 leaves open is an option
/// here.

#include <memory>

#include "sim/base/kind.hpp"

namespace flit::sim::dataverse {

std::unique_ptr<Kind> make_kind();

}  // namespace flit::sim::dataverse
