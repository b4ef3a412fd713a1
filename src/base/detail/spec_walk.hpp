#pragma once
/// @file The named types that a spec uses, each once, in the order in which a reader meets them.

#include <vector>

#include "base/spec_type.hpp"

namespace flit::spec::detail {

/// The root (if it has a name) and all structures and cases below it. Bug: two of one name.
std::vector<const Type*> named_types(const Type& root);

}  // namespace flit::spec::detail
