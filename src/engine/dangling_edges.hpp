#pragma once
/// @file Associations whose other end is archived or was never there: nothing becomes of them, and
/// that is said.

#include <string_view>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "model/schema.hpp"

namespace flit::engine {

/// Adds the finding "broken_reference" of that stage, with the ids, for every staged association
/// between live records of which one is missing. Memory: one chunk of edges.
Result<void> find_dangling_edges(Environment& environment, const model::Schema& source,
                                 std::string_view stage);

}  // namespace flit::engine
