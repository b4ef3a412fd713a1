#include "automap/none_features.hpp"

#include <algorithm>

namespace flit::automap {

namespace {}  // namespace

NoneFeatures::NoneFeatures(const Lexicon& lexicon)
    : lexicon_(lexicon),
      flag_(lexicon.concept_id("note_flag")),
      formula_(lexicon.concept_id("formula")) {
  for (const char* name : {"count", "last", "first", "next", "age"})
    derived_words_.insert(lexicon.concept_id(name));
}

void NoneFeatures::fill(const SourcePart& source, const FieldTerms& field,
                        const std::vector<const Bag*>& bags, double best, Case& entry) const {
  Features& f = entry.none;
  at(f, Feature::none_bias) = 1.0;
  homeless(bags, entry);
  if (field.field->calculated) entry.homeless_reason = "derived";
  at(f, Feature::none_exact) = entry.homeless_similarity > 0.99 ? 1.0 : 0.0;
  at(f, Feature::none_homeless_margin) = entry.homeless_similarity - best;
  at(f, Feature::none_best_similarity) = best;
  at(f, Feature::none_no_candidate) = entry.candidates.empty() ? 1.0 : 0.0;
  at(f, Feature::none_key_like) = looks_like_key(field) ? 1.0 : 0.0;
  const auto c = field.values.value_class;
  at(f, Feature::none_handle) = c == ValueClass::handle || c == ValueClass::linkedin ||
                                        c == ValueClass::uuid || c == ValueClass::timezone
                                    ? 1.0
                                    : 0.0;
  at(f, Feature::none_list) = c == ValueClass::list || field.kind == Kind::choices ? 1.0 : 0.0;
  at(f, Feature::none_boolean) = field.kind == Kind::boolean ? 1.0 : 0.0;
  at(f, Feature::none_date) = field.kind == Kind::date || field.kind == Kind::instant ? 1.0 : 0.0;
  at(f, Feature::none_number) =
      field.kind == Kind::number || field.kind == Kind::integer || field.kind == Kind::percent
          ? 1.0
          : 0.0;
  at(f, Feature::none_reference) = field.kind == Kind::reference ? 1.0 : 0.0;
  at(f, Feature::none_custom_path) = field.from_custom ? 1.0 : 0.0;
  words(field, f);
  at(f, Feature::none_long_name) =
      static_cast<double>(std::min<std::size_t>(field.name.tokens.size(), 6)) / 6.0;
  at(f, Feature::none_later_of_several) = field.ordinal > 1 ? 1.0 : 0.0;
  at(f, Feature::none_weak_table) =
      source.tables.empty() ? 1.0 : 1.0 - source.tables.front().confidence;
  at(f, Feature::none_readonly_twin) = entry.readonly_twin.empty() ? 0.0 : 1.0;
}

void NoneFeatures::words(const FieldTerms& field, Features& f) const {
  double unknown = 0.0;
  double all = 0.0;
  for (const Bag* bag : {&field.label, &field.name})
    for (const Token& token : bag->tokens) {
      all += 1.0;
      unknown += token.role == Role::unknown ? 1.0 : 0.0;
      if (token.id == flag_) at(f, Feature::none_flag_word) = 1.0;
      if (token.id == formula_ || derived_words_.count(token.id) > 0)
        at(f, Feature::none_formula_word) = 1.0;
    }
  at(f, Feature::none_unknown_words) = all > 0.0 ? unknown / all : 0.0;
}

std::vector<int> NoneFeatures::near(const std::vector<const Bag*>& bags) const {
  std::set<int> indices;
  for (const Bag* bag : bags)
    for (const int index : lexicon_.homeless_near(*bag)) indices.insert(index);
  return {indices.begin(), indices.end()};
}

void NoneFeatures::homeless(const std::vector<const Bag*>& bags, Case& entry) const {
  std::array<double, 6> by_reason{};
  constexpr std::array<std::string_view, 6> reasons{"derived", "record_key",    "system",
                                                    "binary",  "no_equivalent", "custom"};
  for (const int index : near(bags)) {
    const Homeless& known = lexicon_.homeless()[static_cast<std::size_t>(index)];
    double value = 0.0;
    for (const Bag* bag : bags) {
      const double covered = coverage(known.meaning.bag, *bag);
      const double plain = similarity(*bag, known.meaning.bag);
      value = std::max(value, covered > 0.999 ? 0.35 + 0.65 * plain : plain * 0.8);
    }
    const auto* reason = std::find(reasons.begin(), reasons.end(), known.reason);
    if (reason == reasons.end()) continue;
    double& slot = by_reason[static_cast<std::size_t>(reason - reasons.begin())];
    slot = std::max(slot, value);
    if (value > entry.homeless_similarity + 1e-12) {
      entry.homeless_similarity = value;
      entry.homeless_reason = known.reason;
      entry.homeless_phrase = known.meaning.bag.text;
    }
  }
  constexpr std::array<Feature, 6> slots{Feature::none_derived,       Feature::none_record_key,
                                         Feature::none_system,        Feature::none_binary,
                                         Feature::none_no_equivalent, Feature::none_custom};
  for (std::size_t i = 0; i < slots.size(); ++i) at(entry.none, slots[i]) = by_reason[i];
}

}  // namespace flit::automap
