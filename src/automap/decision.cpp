#include "automap/decision.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace flit::automap {

namespace {

double log_odds(double p) {
  p = std::clamp(p, 1e-6, 1.0 - 1e-6);
  return std::log(p / (1.0 - p));
}

double value(const Features& features, Feature feature) {
  return features[static_cast<std::size_t>(feature)];
}

double& at(Signs& signs, Sign sign) {
  return signs[static_cast<std::size_t>(sign)];
}

Decision ranked(const Case& entry, const Model& model) {
  const std::vector<double> all = probabilities(entry, model);
  Decision decision;
  decision.entry = &entry;
  decision.none = all.back();
  for (std::size_t i = 0; i + 1 < all.size(); ++i) decision.order.push_back(static_cast<int>(i));
  std::stable_sort(decision.order.begin(), decision.order.end(), [&](int a, int b) {
    return all[static_cast<std::size_t>(a)] > all[static_cast<std::size_t>(b)];
  });
  for (const int index : decision.order)
    decision.probability.push_back(all[static_cast<std::size_t>(index)]);
  return decision;
}

const Candidate& first_choice(const Decision& decision) {
  return decision.entry->candidates[static_cast<std::size_t>(decision.order.front())];
}

// Lines of one address may fill one street column together.
bool composes(const Decision& a, const Decision& b) {
  const auto line = [](const Decision& d) {
    return value(first_choice(d).features, Feature::slot_agrees) > 0.5 &&
           first_choice(d).similarity > 0.99;
  };
  return line(a) && line(b) &&
         value(first_choice(a).features, Feature::second_line) +
                 value(first_choice(b).features, Feature::second_line) >
             0.5;
}

constexpr double worth_of_second = 0.45;  // below every threshold
constexpr double worth_of_unread = 0.96;  // whoever looks must see which value becomes which

// Whole objects go wrong together where nothing but the likeness of fields has chosen the table.
constexpr double worth_in_unnamed_table = 0.85;

bool table_is_named(const Decision& decision, const std::vector<ObjectGuess>& guesses) {
  const auto& tables = guesses[static_cast<std::size_t>(decision.entry->object)]
                           .parts[static_cast<std::size_t>(decision.entry->part)]
                           .tables;
  return tables.empty() || tables.front().by_name >= named_table;
}

double worth_under(Doubt doubt) {
  switch (doubt) {
    case Doubt::none:
      return 1.0;
    case Doubt::unread_choices:
      return worth_of_unread;
    case Doubt::unread_state:
    case Doubt::opposite_sense:
    case Doubt::several_values:
      return worth_of_second;
  }
  return 1.0;
}

// Two fields may speak for one column together: parts of one address line, the id and the name of
// the record that a look-up names, records of different kinds. Elsewhere whoever comes second is
// for a person to decide.
bool share(const Decision& a, const Decision& b) {
  const Candidate& left = first_choice(a);
  const Candidate& right = first_choice(b);
  if (left.names_record && right.names_record)
    return left.points_at.empty() || left.points_at != right.points_at;
  return left.takes_lines && right.takes_lines &&
         value(left.features, Feature::slot_agrees) + value(right.features, Feature::slot_agrees) >
             1.5;
}

using Column = std::tuple<int, int, int>;

Column column_of(const Decision& decision) {
  const Candidate& choice = first_choice(decision);
  return {decision.entry->object, choice.table, choice.column};
}

std::map<Column, std::vector<int>> claims_of(const std::vector<Decision>& decisions) {
  std::map<Column, std::vector<int>> claims;
  for (std::size_t i = 0; i < decisions.size(); ++i)
    if (!decisions[i].order.empty()) claims[column_of(decisions[i])].push_back(static_cast<int>(i));
  return claims;
}

// A loser looks at its other candidates as if the taken column were worth a fifth.
bool give_way(Decision& loser, const std::map<Column, std::vector<int>>& claims) {
  constexpr double worth_when_taken = 0.2;
  std::size_t best = 0;
  double best_value = loser.probability.front() * worth_when_taken;
  for (std::size_t i = 1; i < loser.order.size(); ++i) {
    const Candidate& candidate = loser.entry->candidates[static_cast<std::size_t>(loser.order[i])];
    const bool taken = claims.count({loser.entry->object, candidate.table, candidate.column}) > 0;
    if (!taken && candidate.similarity > 0.7 && loser.probability[i] > best_value)
      best = i, best_value = loser.probability[i];
  }
  if (best == 0) return false;
  std::rotate(loser.order.begin(), loser.order.begin() + static_cast<std::ptrdiff_t>(best),
              loser.order.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  std::rotate(loser.probability.begin(),
              loser.probability.begin() + static_cast<std::ptrdiff_t>(best),
              loser.probability.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  return true;
}

// The main one of several stands first as long as it fits at all.
std::tuple<int, int, double> claim_of(const Decision& decision) {
  constexpr double fits_at_all = 0.2;
  const double probability = decision.probability.front();
  return {first_choice(decision).precedence,
          probability >= fits_at_all ? decision.entry->standing : 0, probability};
}

int winner_of(const std::vector<int>& list, const std::vector<Decision>& decisions) {
  return *std::max_element(list.begin(), list.end(), [&](int a, int b) {
    return claim_of(decisions[static_cast<std::size_t>(a)]) <
           claim_of(decisions[static_cast<std::size_t>(b)]);
  });
}

// Calls `lost(loser, winner)` for whoever wants a column that another one has.
template <typename Lost>
void each_loser(const std::vector<Decision>& decisions, Lost lost) {
  for (const auto& [column, list] : claims_of(decisions)) {
    if (list.size() < 2) continue;
    const int winner = winner_of(list, decisions);
    for (const int index : list)
      if (index != winner && !composes(decisions[static_cast<std::size_t>(index)],
                                       decisions[static_cast<std::size_t>(winner)]))
        lost(index, winner);
  }
}

// One round of losers looking elsewhere; whether anybody moved.
bool move_losers(std::vector<Decision>& decisions) {
  bool moved = false;
  auto now = claims_of(decisions);
  each_loser(decisions, [&](int index, int) {
    Decision& loser = decisions[static_cast<std::size_t>(index)];
    if (!give_way(loser, now)) return;
    now = claims_of(decisions);
    loser.gave_way = moved = true;
  });
  return moved;
}

void settle_contention(std::vector<Decision>& decisions) {
  constexpr int rounds = 3;
  for (int round = 0; round < rounds && move_losers(decisions); ++round) {
  }
  for (const auto& [column, list] : claims_of(decisions))
    if (list.size() > 1)
      decisions[static_cast<std::size_t>(winner_of(list, decisions))].contending = true;
  each_loser(decisions, [&](int index, int winner) {
    decisions[static_cast<std::size_t>(index)].contended_by = winner;
  });
}

bool comes_second(const Decision& decision, const std::vector<Decision>& all) {
  return decision.contended_by >= 0 &&
         !share(decision, all[static_cast<std::size_t>(decision.contended_by)]);
}

// What no weight outweighs: the calibrator knows of it, and nobody is surer than this all the same.
double cap_of(const Decision& decision, const std::vector<Decision>& all,
              const std::vector<ObjectGuess>& guesses) {
  double cap = worth_under(first_choice(decision).doubt);
  if (!table_is_named(decision, guesses)) cap = std::min(cap, worth_in_unnamed_table);
  if (comes_second(decision, all)) cap = std::min(cap, worth_of_second);
  return cap;
}

Signs signs_of(const Decision& decision, const std::vector<Decision>& all,
               const std::vector<ObjectGuess>& guesses) {
  Signs signs{};
  const Candidate& choice = first_choice(decision);
  const Features& f = choice.features;
  const double first = decision.probability.front();
  const double second = decision.probability.size() > 1 ? decision.probability[1] : 0.0;
  at(signs, Sign::bias) = 1.0;
  at(signs, Sign::log_odds) = std::clamp(log_odds(first), -6.0, 6.0);
  at(signs, Sign::margin) = first - second;
  at(signs, Sign::over_none) =
      std::clamp(std::log((first + 1e-6) / (decision.none + 1e-6)), -6.0, 6.0);
  if (decision.contended_by >= 0) {
    const Decision& other = all[static_cast<std::size_t>(decision.contended_by)];
    at(signs, Sign::contended) = other.probability.front();
    const bool passed_over =
        value(f, Feature::source_qualifier_lost) > 0.0 || value(f, Feature::later_of_several) > 0.0;
    at(signs, Sign::contended_qualified) = passed_over ? 1.0 : 0.0;
    at(signs, Sign::contended_exact) = value(f, Feature::same_meaning);
  }
  at(signs, Sign::gave_way) = decision.gave_way ? 1.0 : 0.0;
  at(signs, Sign::contending) = decision.contending ? 1.0 : 0.0;
  at(signs, Sign::same_meaning) = value(f, Feature::same_meaning);
  at(signs, Sign::readings_agree) = value(f, Feature::readings_agree);
  at(signs, Sign::kind_fits) = value(f, Feature::kind_fits);
  at(signs, Sign::class_agrees) = value(f, Feature::class_agrees);
  at(signs, Sign::class_contradicts) = value(f, Feature::class_contradicts);
  at(signs, Sign::target_matches) = value(f, Feature::target_matches);
  at(signs, Sign::homeless) = decision.entry->homeless_similarity;
  at(signs, Sign::slot_agrees) = value(f, Feature::slot_agrees);
  at(signs, Sign::first_table) = value(f, Feature::first_table);
  at(signs, Sign::table_confidence) = value(f, Feature::table_confidence);
  at(signs, Sign::unknown_words) = value(decision.entry->none, Feature::none_unknown_words);
  at(signs, Sign::distance) = 1.0 - choice.similarity;
  at(signs, Sign::words_lost) = value(f, Feature::source_head_lost) +
                                value(f, Feature::source_unknown_lost) +
                                value(f, Feature::source_qualifier_lost);
  at(signs, Sign::words_extra) =
      value(f, Feature::column_qualifier_extra) + value(f, Feature::column_head_extra);
  at(signs, Sign::derived_words) = value(decision.entry->none, Feature::none_formula_word) +
                                   value(decision.entry->none, Feature::none_flag_word);
  at(signs, Sign::kind_clashes) = value(f, Feature::kind_clashes);
  at(signs, Sign::weak_meaning) = value(f, Feature::weak_meaning);
  at(signs, Sign::weak_required) = decision.fills_required ? 1.0 : 0.0;
  at(signs, Sign::unread_choices) = choice.doubt == Doubt::unread_choices ? 1.0 : 0.0;
  at(signs, Sign::second_claim) = comes_second(decision, all) ? 1.0 : 0.0;
  at(signs, Sign::unnamed_table) = table_is_named(decision, guesses) ? 0.0 : 1.0;
  const auto& part = guesses[static_cast<std::size_t>(decision.entry->object)]
                         .parts[static_cast<std::size_t>(decision.entry->part)];
  at(signs, Sign::no_label) =
      part.terms.fields[static_cast<std::size_t>(decision.entry->field)].label.empty() ? 1.0 : 0.0;
  return signs;
}

}  // namespace

namespace {

const FieldTerms& terms_of_case(const Case& entry, const std::vector<ObjectGuess>& guesses) {
  return guesses[static_cast<std::size_t>(entry.object)]
      .parts[static_cast<std::size_t>(entry.part)]
      .terms.fields[static_cast<std::size_t>(entry.field)];
}

// A few words, or the shortest of several texts that want one column.
bool may_be_title(const FieldTerms& field, bool one_of_several) {
  const ValueClass values = field.values.value_class;
  if (values == ValueClass::sentence) return field.field->max_length > 0 && one_of_several;
  return values != ValueClass::html && values != ValueClass::none;
}

using Title = std::pair<int, double>;  // the shorter text is the title, then the likelier one

struct Taker {
  int decision = -1;
  std::size_t rank = 0;
  Title worth{};
};

// A name or subject that must be filled and that nothing else fills takes the short text that comes
// closest, even where its words speak for another column ("Description" of an item without a name).
void fill_required(std::vector<Decision>& decisions, const std::vector<ObjectGuess>& guesses) {
  auto claims = claims_of(decisions);
  // What points at a record names that one, and not its own.
  for (auto& [column, list] : claims)
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](int i) {
                                const Decision& d = decisions[static_cast<std::size_t>(i)];
                                return terms_of_case(*d.entry, guesses).kind == Kind::reference;
                              }),
               list.end());
  std::map<Column, Taker> takers;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const Decision& decision = decisions[i];
    // Only long texts are moved: whoever fits another column exactly stays there.
    if (decision.order.empty() || first_choice(decision).kind != Kind::long_text) continue;
    const FieldTerms& field = terms_of_case(*decision.entry, guesses);
    if (!may_be_title(field, claims[column_of(decision)].size() > 1)) continue;
    for (std::size_t c = 0; c < decision.order.size(); ++c) {
      const Candidate& candidate =
          decision.entry->candidates[static_cast<std::size_t>(decision.order[c])];
      const bool may = value(candidate.features, Feature::only_claim_on_required) > 0.5 &&
                       value(candidate.features, Feature::first_table) > 0.5;
      const Column column{decision.entry->object, candidate.table, candidate.column};
      const auto claim = claims.find(column);
      if (!may || (claim != claims.end() && !claim->second.empty())) continue;
      const auto found = takers.find(column);
      const Title title{-field.field->max_length, decision.probability[c]};
      if (found == takers.end() || title > found->second.worth)
        takers[column] = {static_cast<int>(i), c, title};
    }
  }
  for (const auto& [column, taker] : takers) {
    Decision& decision = decisions[static_cast<std::size_t>(taker.decision)];
    const auto at = static_cast<std::ptrdiff_t>(taker.rank);
    std::rotate(decision.order.begin(), decision.order.begin() + at,
                decision.order.begin() + at + 1);
    std::rotate(decision.probability.begin(), decision.probability.begin() + at,
                decision.probability.begin() + at + 1);
    decision.fills_required = true;
  }
}

}  // namespace

std::vector<Decision> decide(const std::vector<Case>& cases,
                             const std::vector<ObjectGuess>& guesses, const Model& model) {
  std::vector<Decision> decisions;
  decisions.reserve(cases.size());
  for (const Case& entry : cases) decisions.push_back(ranked(entry, model));
  fill_required(decisions, guesses);
  settle_contention(decisions);
  for (Decision& decision : decisions) {
    if (decision.order.empty()) continue;
    decision.signs = signs_of(decision, decisions, guesses);
    decision.confidence =
        std::min(model.calibrated(decision.signs), cap_of(decision, decisions, guesses));
  }
  return decisions;
}

}  // namespace flit::automap
