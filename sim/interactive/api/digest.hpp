#pragma once
/// @file The fingerprint of everything that the API shows (facts/sources.md §0.4).

#include "sim/base/digest.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

DigestReport digest_of(const Dataset& data);

}  // namespace flit::sim::interactive
