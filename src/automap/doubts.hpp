#pragma once
/// @file What no weight of evidence outweighs: pairs that never fit, and pairs that nobody should
/// take unseen.

#include <set>

#include "automap/features.hpp"

namespace flit::automap {

/// Pairs that no conversion can make right.
bool never_fits(const FieldTerms& field, Kind column);

class Doubts {
 public:
  explicit Doubts(const Lexicon& lexicon);

  /// `choices_overlap`: the share of the field's choices that the column's list knows.
  Doubt about(const FieldTerms& field, const ColumnTerms& column, double choices_overlap) const;

 private:
  bool names_the_record(const ColumnTerms& column) const;
  bool agrees_to_what_is_refused(const FieldTerms& field, const ColumnTerms& column) const;
  bool turns_round(const FieldTerms& field, const ColumnTerms& column) const;
  bool answers(const FieldTerms& field, const ColumnTerms& column) const;

  const Lexicon& lexicon_;
  std::uint64_t consent_;
  std::uint64_t active_;
  std::uint64_t inactive_;
  std::uint64_t archived_;
  std::uint64_t name_;
  std::uint64_t subject_;
  std::set<std::uint64_t> refusals_{};  ///< concepts that say no
};

}  // namespace flit::automap
