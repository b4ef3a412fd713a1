#pragma once
/// @file One proposed field as lines of the map, where the engine can carry them out.

#include <optional>
#include <string>
#include <vector>

#include "automap/proposal.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::automap {

/// What one field becomes on one table.
struct TableDraft {
  std::optional<model::FieldRule> rule{};
  std::vector<model::StateRule> states{};
  std::string obstacle{};  ///< why neither: what the engine cannot convert
  bool loses = false;      ///< distinctions are given up: the original must be kept as well

  bool lands() const { return rule.has_value() || !states.empty(); }
};

/// Where the field goes on `table`: its best candidate there that is worth naming, or the sibling
/// column of the first choice's name.
std::optional<Target> target_on(const FieldProposal& proposal, const model::Object& table);

/// REQUIRES: `target` names a column of `table`.
TableDraft draft_for_table(const FieldProposal& proposal, const Target& target,
                           const model::Field& source, const model::Object& table);

/// Confidence, the strongest reasons, and the alternatives of a proposal.
model::Rationale rationale_of(const FieldProposal& proposal);

}  // namespace flit::automap
