#pragma once
/// @file From what a proposal says of embedded records to the map's lines: the company in a
/// contact's row becomes a row of its own that many contacts share.

#include <optional>
#include <string>
#include <vector>

#include "automap/proposal.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::automap {

struct AlsoRequest {
  const AlsoProposal& also;
  const Proposal& proposal;  ///< that it is part of
  const model::Object& source;
  const model::Schema& destination;
  const std::vector<const model::Object*>& tables;  ///< where the object's records go
  double accept = 0.0;                              ///< from this confidence on
};

/// The rule, with those of its fields that are sure enough. None when nothing would name such a row
/// or no look-up of the record's own row leads to it. A table that keeps the name in a text column
/// of its own (a lead's company) needs no such row and is left out.
std::optional<model::AlsoRule> also_rule(const AlsoRequest& request);

}  // namespace flit::automap
