#pragma once
/// @file A proposal as JSON, written field by field for proposals too long to hold.

#include <string>
#include <vector>

#include "automap/proposal.hpp"
#include "base/json_writer.hpp"

namespace flit::automap {

/// The parts that so_far() gave, and rest() behind them, are what to_json() gives.
class ProposalText {
 public:
  ProposalText(double threshold, const std::vector<ObjectProposal>& objects);

  void add(const FieldProposal& field);

  std::string so_far();  ///< what was written since the last call
  std::string rest();    ///< nothing can be added behind it

 private:
  json::Writer out_;
};

}  // namespace flit::automap
