#include "automap/features.hpp"

namespace flit::automap {

namespace {

constexpr std::array<std::string_view, feature_count> feature_names{"bias",
                                                                    "similarity",
                                                                    "similarity_squared",
                                                                    "same_meaning",
                                                                    "near_meaning",
                                                                    "readings_agree",
                                                                    "source_covered",
                                                                    "column_covered",
                                                                    "same_name",
                                                                    "same_label",
                                                                    "name_is_label",
                                                                    "trigrams",
                                                                    "described",
                                                                    "weak_meaning",
                                                                    "plumbing",
                                                                    "custom_column",
                                                                    "required_column",
                                                                    "kind_fits",
                                                                    "kind_clashes",
                                                                    "boolean_clash",
                                                                    "date_clash",
                                                                    "reference_without_source",
                                                                    "source_without_reference",
                                                                    "number_clash",
                                                                    "class_agrees",
                                                                    "class_contradicts",
                                                                    "choices_overlap",
                                                                    "choice_to_choice",
                                                                    "choice_without_choices",
                                                                    "target_matches",
                                                                    "target_differs",
                                                                    "slot_agrees",
                                                                    "slot_differs",
                                                                    "part_outside_slot",
                                                                    "first_table",
                                                                    "second_table",
                                                                    "later_table",
                                                                    "table_confidence",
                                                                    "source_qualifier_lost",
                                                                    "column_qualifier_extra",
                                                                    "source_head_lost",
                                                                    "source_unknown_lost",
                                                                    "column_head_extra",
                                                                    "later_of_several",
                                                                    "key_like",
                                                                    "too_long",
                                                                    "rivals_better",
                                                                    "whole_name_alone",
                                                                    "whole_name_beside_parts",
                                                                    "only_claim_on_required",
                                                                    "better_claim_elsewhere",
                                                                    "state_list",
                                                                    "second_line",
                                                                    "none_bias",
                                                                    "none_derived",
                                                                    "none_record_key",
                                                                    "none_system",
                                                                    "none_binary",
                                                                    "none_no_equivalent",
                                                                    "none_custom",
                                                                    "none_exact",
                                                                    "none_best_similarity",
                                                                    "none_no_candidate",
                                                                    "none_key_like",
                                                                    "none_handle",
                                                                    "none_boolean",
                                                                    "none_flag_word",
                                                                    "none_reference",
                                                                    "none_custom_path",
                                                                    "none_unknown_words",
                                                                    "none_formula_word",
                                                                    "none_number",
                                                                    "none_later_of_several",
                                                                    "none_weak_table",
                                                                    "none_long_name",
                                                                    "none_list",
                                                                    "none_date",
                                                                    "none_readonly_twin",
                                                                    "none_homeless_margin"};

}  // namespace

std::string_view name_of(Feature feature) {
  return feature_names[static_cast<std::size_t>(feature)];
}

int direction_of(Feature feature) {
  switch (feature) {
    case Feature::similarity:
    case Feature::similarity_squared:
    case Feature::same_meaning:
    case Feature::near_meaning:
    case Feature::readings_agree:
    case Feature::source_covered:
    case Feature::column_covered:
    case Feature::same_name:
    case Feature::same_label:
    case Feature::name_is_label:
    case Feature::trigrams:
    case Feature::kind_fits:
    case Feature::class_agrees:
    case Feature::choices_overlap:
    case Feature::target_matches:
    case Feature::slot_agrees:
    case Feature::first_table:
    case Feature::table_confidence:
    case Feature::only_claim_on_required:
      return 1;
    case Feature::kind_clashes:
    case Feature::boolean_clash:
    case Feature::date_clash:
    case Feature::number_clash:
    case Feature::reference_without_source:
    case Feature::source_without_reference:
    case Feature::class_contradicts:
    case Feature::target_differs:
    case Feature::slot_differs:
    case Feature::part_outside_slot:
    case Feature::later_table:
    case Feature::source_qualifier_lost:
    case Feature::source_head_lost:
    case Feature::source_unknown_lost:
    case Feature::column_qualifier_extra:
    case Feature::column_head_extra:
    case Feature::too_long:
    case Feature::rivals_better:
    case Feature::better_claim_elsewhere:
    case Feature::weak_meaning:
    case Feature::plumbing:
    case Feature::key_like:
      return -1;
    default:
      return 0;
  }
}

}  // namespace flit::automap
