#pragma once
/// @file From the house's description of a system (model::Schema) to what the proposer reads.
///
/// Types are taken over by meaning; columns that can be neither created nor updated, and calculated
/// ones, count as read-only. Samples are optional: a few values per field, as text, given by the
/// caller.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "automap/schema.hpp"
#include "model/schema.hpp"

namespace flit::automap {

/// A few values of (object, field), as text.
using Samples = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Kind kind_of(model::FieldType type);

Schema adapt(const model::Schema& schema, const Samples& samples = {});

}  // namespace flit::automap
