#pragma once
/// @file The column of our own that keeps every value of a source field as it is.
///
/// Decided here alone: the proposer writes a map for it, the set-up plan makes it. Type, room and
/// exactness follow from what the source states; what the data shows may only widen them.

#include <cstdint>
#include <string>

#include "model/schema.hpp"

namespace flit::model {

/// Names and labels are the caller's. REQUIRES: `source` is no file, which moves on a path of its
/// own.
Field own_column(const Field& source, std::string name);

/// Room for `length` characters, rounded up, so that a value a little longer tomorrow does not
/// change the plan.
std::uint32_t roomy(std::uint32_t length);

}  // namespace flit::model
