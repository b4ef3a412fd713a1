#include "automap/pair_features.hpp"

#include <algorithm>

#include "automap/compatibility.hpp"
#include "automap/value_map.hpp"
#include "automap/words.hpp"

namespace flit::automap {
namespace {

void improve(Match& best, const Bag& reading, const Meaning& meaning) {
  const double value = similarity(reading, meaning.bag);
  if (value * meaning.strength > best.score + 1e-12)
    best = {value * meaning.strength, value, meaning.strength, &reading, &meaning};
}

struct Lost {
  double qualifier = 0.0;
  double head = 0.0;
  double unknown = 0.0;
};

Lost lost(const Bag& from, const Bag& into) {
  Lost result;
  for (const Token& token : from.tokens) {
    if (into.contains(token.id)) continue;
    if (token.role == Role::qualifier) result.qualifier += token.weight;
    if (token.role == Role::head || token.role == Role::relation) result.head += token.weight;
    if (token.role == Role::unknown) result.unknown += token.weight;
  }
  return result;
}

// Share of the source's choices that the column's list knows, by label or by meaning.
double understood(const FieldTerms& field, const ColumnTerms& column, const Lexicon& lexicon) {
  if (field.field->choices.empty() || column.field->choices.empty()) return 0.0;
  Field some = *field.field;
  constexpr std::size_t enough = 12;
  if (some.choices.size() > enough) some.choices.resize(enough);
  double known = 0.0;
  for (const ValuePair& pair :
       map_values(some, field.kind, *column.field, column.choice_key, lexicon.values()))
    known += pair.how == "same label" ? 1.0 : pair.how == "meaning" ? 0.8 : 0.0;
  return known / static_cast<double>(some.choices.size());
}

}  // namespace

Match best_match(const std::vector<const Bag*>& bags, const ColumnTerms& column) {
  Match best;
  for (const Bag* bag : bags)
    for (const Meaning& meaning : column.meanings) improve(best, *bag, meaning);
  return best;
}

void measure_names(const FieldTerms& field, const ColumnTerms& column, const Match& match,
                   Features& f) {
  at(f, Feature::bias) = 1.0;
  at(f, Feature::similarity) = match.score;
  at(f, Feature::similarity_squared) = match.score * match.score;
  at(f, Feature::same_meaning) = match.similarity > 0.999 && match.strength > 0.9 ? 1.0 : 0.0;
  at(f, Feature::near_meaning) = match.score > 0.75 ? 1.0 : 0.0;
  at(f, Feature::weak_meaning) = match.strength < 0.9 ? 1.0 : 0.0;
  if (match.reading != nullptr) {
    const Bag& meaning = match.meaning->bag;
    at(f, Feature::source_covered) = coverage(*match.reading, meaning);
    at(f, Feature::column_covered) = coverage(meaning, *match.reading);
    const Lost gone = lost(*match.reading, meaning);
    const Lost extra = lost(meaning, *match.reading);
    at(f, Feature::source_qualifier_lost) = gone.qualifier;
    at(f, Feature::source_head_lost) = gone.head;
    at(f, Feature::source_unknown_lost) = std::min(gone.unknown, 3.0);
    at(f, Feature::column_qualifier_extra) = extra.qualifier;
    at(f, Feature::column_head_extra) = extra.head + extra.unknown;
  }
  double by_name = 0.0;
  double by_label = 0.0;
  for (const Meaning& meaning : column.meanings) {
    by_name = std::max(
        {by_name, similarity(field.name, meaning.bag), similarity(field.name_core, meaning.bag)});
    by_label = std::max({by_label, similarity(field.label, meaning.bag),
                         similarity(field.label_core, meaning.bag)});
  }
  at(f, Feature::readings_agree) = field.label.empty() ? by_name : std::min(by_name, by_label);
  at(f, Feature::same_name) =
      !field.name_text.empty() && field.name_text == column.name_text ? 1.0 : 0.0;
  at(f, Feature::same_label) =
      !field.label_text.empty() && field.label_text == column.label_text ? 1.0 : 0.0;
  at(f, Feature::name_is_label) =
      (field.name_text == column.label_text || field.label_text == column.name_text) ? 1.0 : 0.0;
  at(f, Feature::trigrams) = std::max(trigram_similarity(field.name_text, column.label_text),
                                      trigram_similarity(field.label_text, column.label_text));
  at(f, Feature::described) = column.described ? 1.0 : 0.0;
  at(f, Feature::plumbing) = column.plumbing ? 1.0 : 0.0;
}

namespace {

bool is_time(Kind kind) {
  return kind == Kind::date || kind == Kind::instant;
}

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::number || kind == Kind::money ||
         kind == Kind::percent;
}

void measure_kinds(Kind from, Kind to, Features& f) {
  const auto flag = [](bool is) { return is ? 1.0 : 0.0; };
  const double fit = kind_compatibility(from, to);
  at(f, Feature::kind_fits) = std::max(fit, 0.0);
  at(f, Feature::kind_clashes) = std::max(-fit, 0.0);
  at(f, Feature::boolean_clash) = flag((from == Kind::boolean) != (to == Kind::boolean));
  at(f, Feature::date_clash) = flag(is_time(from) != is_time(to));
  at(f, Feature::reference_without_source) = flag(to == Kind::reference && from != Kind::reference);
  at(f, Feature::source_without_reference) = flag(from == Kind::reference && to != Kind::reference);
  at(f, Feature::number_clash) = flag(is_number(from) != is_number(to) && to != Kind::reference);
  at(f, Feature::choice_to_choice) = flag(from == Kind::choice && to == Kind::choice);
}

// What the samples say of the concepts in the column's first meaning; the last that says anything
// counts.
int agreement_of_values(const FieldTerms& field, const ColumnTerms& column,
                        const Lexicon& lexicon) {
  int agreement = 0;
  if (column.meanings.empty()) return agreement;
  for (const Token& token : column.meanings.front().bag.tokens) {
    const int one = class_agreement(field.values.value_class, lexicon.concept_class(token.id));
    if (one != 0) agreement = one;
  }
  return agreement;
}

}  // namespace

void measure_types(const FieldTerms& field, const ColumnTerms& column, const TypeContext& context,
                   Features& f) {
  const auto flag = [](bool is) { return is ? 1.0 : 0.0; };
  measure_kinds(field.kind, column.kind, f);
  const int agreement = agreement_of_values(field, column, context.lexicon);
  at(f, Feature::class_agrees) = flag(agreement > 0);
  at(f, Feature::class_contradicts) = flag(agreement < 0);
  at(f, Feature::choices_overlap) = understood(field, column, context.lexicon);
  at(f, Feature::choice_without_choices) =
      flag(column.kind == Kind::choice && field.field->choices.empty());
  at(f, Feature::target_matches) =
      std::max(context.target, 0.0) *
      (f[static_cast<std::size_t>(Feature::similarity)] > 0.6 ? 1.0 : 0.3);
  at(f, Feature::target_differs) = flag(context.target < 0.0);
  at(f, Feature::custom_column) = flag(column.field->custom);
  at(f, Feature::required_column) = flag(column.field->required);
  at(f, Feature::too_long) =
      flag(column.field->max_length > 0 && field.field->max_length > column.field->max_length);
}

}  // namespace flit::automap
