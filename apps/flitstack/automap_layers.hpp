#pragma once
/// @file What may be laid over a proposal: packs of known systems, a language model's opinion.

#include "apps/flitstack/command.hpp"
#include "automap/proposal.hpp"
#include "automap/scenario.hpp"
#include "model/map.hpp"

namespace flit::app {

/// The maps of the paths from the scenario's source to its destination: they settle the fields they
/// name (automap::apply_known).
Result<std::vector<model::MapDocument>> known_maps(const automap::Scenario& scenario,
                                                   const Invocation& invocation);

/// Only with --rerank. An endpoint that does not answer leaves a note and the proposal as it was.
Result<void> lay_rerank_over(automap::Proposal& proposal, const automap::Scenario& scenario,
                             const automap::Schema& destination, const Invocation& invocation);

}  // namespace flit::app
