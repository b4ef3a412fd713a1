#pragma once
/// @file How a value changes on its way into a column, and the column to create where there is
/// none.
///
/// Never silently lossy: what would lose something is named, so that a person decides.

#include <optional>
#include <string>
#include <vector>

#include "automap/destination.hpp"
#include "automap/features.hpp"
#include "automap/proposal.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

struct Conversion {
  std::string name{};  ///< lookup, value_map, epoch_s, epoch_ms, date_only, split_name, concat …;
                       ///< empty: as it is
  std::string warning{};  ///< what could get lost; empty: nothing
};

Conversion choose_conversion(const FieldTerms& field, const ColumnTerms& column,
                             const Candidate& candidate, const std::vector<ValuePair>& value_map);

/// A column for real data without a standard home; nothing for keys, plumbing, files and derived
/// values.
std::optional<ColumnProposal> propose_column(const FieldTerms& field, const std::string& reason,
                                             const std::string& table);

}  // namespace flit::automap
