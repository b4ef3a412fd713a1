#pragma once
/// @file The proposer: source schema + destination schema + lexicon + model -> proposal.
///
/// Pure: no I/O, no clock, no randomness. The same inputs and the same model give byte-identical
/// proposals. Reads no record values beyond the samples in the source schema, and writes none.

#include "automap/decision.hpp"
#include "automap/lexicon.hpp"
#include "automap/model.hpp"
#include "automap/proposal.hpp"
#include "automap/schema.hpp"

namespace flit::automap {

struct Options {
  double ready = 0.97;             ///< confidence from which a field needs no second look
  int alternatives = 5;            ///< candidates kept per field
  bool full_alternatives = false;  ///< conversions and value maps of all of them, for a reranker
};

Proposal propose(const Schema& source, const Schema& destination, const Lexicon& lexicon,
                 const Model& model, const Options& options = {});

/// As propose(), over an object map that is already made (evaluation uses it).
Proposal proposal_of(std::vector<ObjectGuess> guesses, const std::string& system,
                     const Destination& destination, const Lexicon& lexicon, const Model& model,
                     const Options& options = {});

}  // namespace flit::automap
