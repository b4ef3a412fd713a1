#pragma once
/// @file Why: the observations behind a target or a refusal, as data first and as sentences on
/// request.
///
/// Features that speak of the same thing (the meaning, the type, the values, the place) are added
/// up, so that a person reads six observations and not sixty. Evidence names classes, counts and
/// field names, never a record's value.

#include <string>
#include <vector>

#include "automap/decision.hpp"
#include "automap/destination.hpp"
#include "automap/model.hpp"
#include "automap/proposal.hpp"

namespace flit::automap {

/// Observations for `candidate`, weightiest first.
std::vector<Reason> reasons_for(const Case& entry, const Candidate& candidate,
                                const std::vector<ObjectGuess>& guesses,
                                const Destination& destination, const Model& model);

/// What an alternative lacks against the first choice, in a few words.
std::string why_not(const Candidate& first, const Candidate& other, const Destination& destination,
                    const Model& model);

/// Why a field is left alone: derived, record_key, system, binary, no_equivalent; "custom" unless
/// it reads clearly like one of the others.
std::string refusal_reason(const Case& entry, const FieldTerms& field);

/// The same in one sentence.
std::string refusal_sentence(const Decision& decision, const FieldTerms& field,
                             const std::string& reason, const std::string& contended_by);

/// The whole case for one field, as one would tell a colleague.
std::string explain(const FieldProposal& proposal);

}  // namespace flit::automap
