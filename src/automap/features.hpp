#pragma once
/// @file What speaks for and against putting a source field into a destination column, as numbers.
///
/// A Case is one source field with its candidate columns and the standing alternative "none".
/// Features are plain measurements; how much each counts is the model's business. The names below
/// are also the keys of the model file and of the evidence in a reason.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "automap/address_slots.hpp"
#include "automap/destination.hpp"
#include "automap/object_map.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

enum class Feature : std::uint8_t {
  bias,
  similarity,
  similarity_squared,
  same_meaning,
  near_meaning,
  readings_agree,
  source_covered,
  column_covered,
  same_name,
  same_label,
  name_is_label,
  trigrams,
  described,
  weak_meaning,
  plumbing,
  custom_column,
  required_column,
  kind_fits,
  kind_clashes,
  boolean_clash,
  date_clash,
  reference_without_source,
  source_without_reference,
  number_clash,
  class_agrees,
  class_contradicts,
  choices_overlap,
  choice_to_choice,
  choice_without_choices,
  target_matches,
  target_differs,
  slot_agrees,
  slot_differs,
  part_outside_slot,
  first_table,
  second_table,
  later_table,
  table_confidence,
  source_qualifier_lost,
  column_qualifier_extra,
  source_head_lost,
  source_unknown_lost,
  column_head_extra,
  later_of_several,
  key_like,
  too_long,
  rivals_better,
  whole_name_alone,
  whole_name_beside_parts,
  only_claim_on_required,
  better_claim_elsewhere,
  state_list,
  second_line,
  // of the alternative "none"
  none_bias,
  none_derived,
  none_record_key,
  none_system,
  none_binary,
  none_no_equivalent,
  none_custom,
  none_exact,
  none_best_similarity,
  none_no_candidate,
  none_key_like,
  none_handle,
  none_boolean,
  none_flag_word,
  none_reference,
  none_custom_path,
  none_unknown_words,
  none_formula_word,
  none_number,
  none_later_of_several,
  none_weak_table,
  none_long_name,
  none_list,
  none_date,
  none_readonly_twin,
  none_homeless_margin,
  count
};

inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::count);
using Features = std::array<double, feature_count>;

inline double& at(Features& features, Feature feature) {
  return features[static_cast<std::size_t>(feature)];
}

std::string_view name_of(Feature feature);

/// 1 for observations that can only speak for a candidate, -1 for those that can only speak against
/// it, 0 where the data may decide. Weights keep this sign, so that reasons make sense to people.
int direction_of(Feature feature);

/// What no weight of evidence outweighs, because the words cannot tell.
enum class Doubt : std::uint8_t {
  none,
  unread_choices,  ///< into a list, and not one value finds its choice; or ids into a text
  unread_state,    ///< the same, and the list says whether a row is open or closed
  opposite_sense,  ///< a flag that says yes where the column says no
  several_values,  ///< a list in one value, and the column takes one of its kind
};

struct Candidate {
  int table = -1;
  int column = -1;
  Features features{};
  double similarity = 0.0;
  Kind kind = Kind::unknown;  ///< of the column
  Doubt doubt = Doubt::none;  ///< what keeps a likely column from being taken unseen
  bool names_record = false;  ///< the column is a look-up, of anything but users
  bool takes_lines = false;   ///< the column is a street, which may be written in several fields
  std::string points_at{};    ///< what the field refers to, where it does
  int precedence = 0;         ///< among fields that want one "regarding": the telling record first
  std::string matched{};      ///< the meaning of the column that agreed best, for the reason
};

/// One source field, its candidates, and what speaks for leaving it alone.
struct Case {
  int object = -1;  ///< index into the guesses
  int part = -1;
  int field = -1;  ///< index into the part's fields
  std::vector<Candidate> candidates{};
  Features none{};
  int standing = 0;  ///< among fields that say the same: the main one before the others
  std::string homeless_reason{};  ///< reason class of the closest known homeless value
  std::string homeless_phrase{};
  std::string readonly_twin{};  ///< a column that would fit and cannot be written
  double homeless_similarity = 0.0;
};

/// Cases of the fields of one object, in schema order. Nothing outside the object depends on them.
std::vector<Case> make_cases(const std::vector<ObjectGuess>& guesses, std::size_t object,
                             const Destination& destination, const Lexicon& lexicon);

}  // namespace flit::automap
