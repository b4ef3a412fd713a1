#pragma once
/// @file The learned numbers: feature weights, the calibrator, the threshold; read from a small
/// text file.
///
/// Ranking is a softmax over the candidates and "none". The calibrator turns what the ranking says
/// about its first choice into a probability that it is right. The file is text so that a change
/// can be read in a diff; it also carries the recipe it was trained with and the scores it had.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "automap/features.hpp"
#include "base/result.hpp"

namespace flit::automap {

/// What the calibrator looks at, once a first choice stands.
enum class Sign : std::uint8_t {
  bias,
  log_odds,         ///< of the first choice among the candidates and "none"
  margin,           ///< to the second candidate
  over_none,        ///< log odds against "none"
  contended,        ///< another field of the object wants the same column more
  contending,       ///< another field wants it less
  contended_exact,  ///< contended although the meaning is the same
  same_meaning,
  readings_agree,
  kind_fits,
  class_agrees,
  class_contradicts,
  target_matches,
  homeless,  ///< similarity to a value that has no standard home
  slot_agrees,
  first_table,
  table_confidence,
  no_label,
  weak_meaning,
  gave_way,
  weak_required,
  contended_qualified,  ///< contended, and only because a qualifier or a number was passed over
  unknown_words,        ///< share of the field's words that no alias knows
  distance,             ///< of the field's meaning from the column's
  words_lost,           ///< what the field says and the column does not
  words_extra,          ///< the other way about
  derived_words,        ///< the field reads like a figure, a flag or a formula
  kind_clashes,
  unread_choices,  ///< a choice whose values nobody could read
  second_claim,    ///< another field has the column, and they do not share it
  unnamed_table,   ///< nothing but the likeness of fields has chosen the table
  count
};
inline constexpr std::size_t sign_count = static_cast<std::size_t>(Sign::count);
using Signs = std::array<double, sign_count>;

std::string_view name_of(Sign sign);

struct Model {
  std::array<double, feature_count> weights{};
  Signs calibration{};
  double threshold = 0.5;  ///< from here on a proposal counts as made
  std::string recipe{};    ///< how it was trained, free text
  std::string scores{};    ///< what it reached, free text

  double score(const Features& features) const;
  double calibrated(const Signs& signs) const;
};

/// Probabilities of the candidates of a case, in their order; the last entry is "none".
std::vector<double> probabilities(const Case& entry, const Model& model);

std::string write_model(const Model& model);

/// Fault::setup with the line when the text is not a model of this version.
Result<Model> read_model(std::string_view text, const std::string& where);

}  // namespace flit::automap
