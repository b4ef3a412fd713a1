#pragma once
/// @file `flitsim salesforce`.

#include <memory>

#include "sim/base/kind.hpp"

namespace flit::sim::salesforce {

std::unique_ptr<Kind> make_kind();

}  // namespace flit::sim::salesforce
