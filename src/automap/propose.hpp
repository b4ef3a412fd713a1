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

/// A proposal made object by object, for schemas whose whole proposal is too much to hold: terms,
/// cases and fields of one object are in memory at a time. What it is given must outlive it.
class ObjectByObject {
 public:
  ObjectByObject(const Schema& source, const Destination& destination, const Lexicon& lexicon,
                 const Model& model, const Options& options = {});

  /// Over an object map that is already made (evaluation uses it).
  ObjectByObject(std::vector<ObjectGuess> guesses, std::string system,
                 const Destination& destination, const Lexicon& lexicon, const Model& model,
                 const Options& options = {});

  std::size_t size() const { return guesses_.size(); }
  ObjectProposal object(std::size_t index) const;

  /// All fields of that object. Independent of the order of calls.
  std::vector<FieldProposal> fields(std::size_t index);

  /// Of the object that fields() was asked for last: other records that its records speak of.
  const std::vector<AlsoProposal>& also() const { return also_; }

 private:
  std::vector<FieldProposal> fields_of_parts(std::size_t index);
  void find_also(std::size_t index);

  std::vector<ObjectGuess> guesses_;
  std::string system_;
  const Destination& destination_;
  const Lexicon& lexicon_;
  const Model& model_;
  Options options_;
  std::vector<AlsoProposal> also_{};
};

Proposal propose(const Schema& source, const Schema& destination, const Lexicon& lexicon,
                 const Model& model, const Options& options = {});

/// All of it at once.
Proposal proposal_of(ObjectByObject objects, const Model& model);

}  // namespace flit::automap
