#pragma once
/// @file What may be laid over a proposal: packs of known systems, a language model's opinion.

#include "apps/flitstack/command.hpp"
#include "automap/proposal.hpp"
#include "automap/scenario.hpp"

namespace flit::app {

/// Paths from the scenario's source to its destination settle the fields they name. None: nothing.
Result<void> lay_packs_over(automap::Proposal& proposal, const automap::Scenario& scenario,
                            const automap::Schema& destination, const Invocation& invocation);

/// Only with --rerank. An endpoint that does not answer leaves a note and the proposal as it was.
Result<void> lay_rerank_over(automap::Proposal& proposal, const automap::Scenario& scenario,
                             const automap::Schema& destination, const Invocation& invocation);

}  // namespace flit::app
