#pragma once
/// @file What somebody has settled already for a known system, laid over a proposal.
///
/// A layer of its own: it can be left out, every line it touches says so (reason "pack"), and the
/// figures of docs/benchmarks.md are measured without it.

#include <string>

#include "automap/proposal.hpp"
#include "automap/schema.hpp"
#include "model/map.hpp"

namespace flit::automap {

/// `name` is who says so ("interactive-to-dynamics365"). Fields that `known` does not name, and
/// objects that it holds, stay as proposed. How many fields were settled is returned.
int apply_known(Proposal& proposal, const model::MapDocument& known, const Schema& destination,
                const std::string& name);

}  // namespace flit::automap
