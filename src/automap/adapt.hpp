#pragma once
/// @file From the house's description of a system (model::Schema) to what the proposer reads.
///
/// Types are taken over by meaning; columns that can be neither created nor updated, and calculated
/// ones, count as read-only. Samples are optional: a few values per field, as text, given by the
/// caller. Associations become reference fields of the object they start at ("tasks→deals"), so
/// that links are proposed like everything else.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "automap/schema.hpp"
#include "model/schema.hpp"

namespace flit::automap {

/// A few values of (object, field), as text.
using Samples = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Kind kind_of(model::FieldType type);

/// Between the two objects in the name of an association.
inline const std::string association_arrow = "→";

/// The field stands for an association of the source's schema.
inline bool is_association(std::string_view field) {
  return field.find(association_arrow) != std::string_view::npos;
}

Schema adapt(const model::Schema& schema, const Samples& samples = {});

}  // namespace flit::automap
