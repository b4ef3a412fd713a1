#pragma once
/// @file `flitsim interactive`: its options, and how it is made.

#include <memory>

#include "sim/base/kind.hpp"

namespace flit::sim::interactive {

std::unique_ptr<Kind> make_kind();

}  // namespace flit::sim::interactive
