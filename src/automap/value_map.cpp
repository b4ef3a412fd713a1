#include "automap/value_map.hpp"

#include <algorithm>

#include "automap/value_class.hpp"
#include "automap/words.hpp"

namespace flit::automap {

namespace {

using Words = std::vector<std::string>;

class Mapper {
 public:
  Mapper(const Field& column, const ValueDomain* domain, const ValueLexicon& lexicon)
      : column_(column), domain_(domain), lexicon_(lexicon) {
    for (const Choice& choice : column.choices)
      labels_.push_back(saying_of(split_words(choice.label.empty() ? choice.value : choice.label)));
  }

  ValuePair map(const Choice& choice) const {
    ValuePair pair;
    pair.from = choice.value.empty() ? choice.label : choice.value;
    if (same_label(choice, pair)) return pair;
    const Saying by_label = saying_of(lexicon_.words_of(choice.label));
    const Saying by_value =
        choice.value == choice.label ? by_label : saying_of(lexicon_.words_of(choice.value));
    if (by_rule(by_label, by_value, pair)) return pair;
    return by_words(by_label.words.empty() ? by_value : by_label, pair), pair;
  }

  bool answer(const std::string& label, std::string how, ValuePair& pair) const {
    const auto at = index_of(label);
    if (at == column_.choices.size()) return false;
    return give(at, std::move(how), pair);
  }

  // Neighbours on a scale: a value nobody knows stands where the one before (or after) it stands.
  void fill_from_neighbours(std::vector<ValuePair>& pairs) const {
    if (domain_ == nullptr || !domain_->ordered) return;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].how != "unmapped") continue;
      for (const std::size_t other : {i - 1, i + 1}) {
        if (other >= pairs.size() || !pairs[other].to || pairs[other].how == "order") continue;
        pairs[i].to = pairs[other].to;
        pairs[i].to_label = pairs[other].to_label;
        pairs[i].how = "order";
        break;
      }
    }
  }

 private:
  bool give(std::size_t index, std::string how, ValuePair& pair) const {
    const Choice& choice = column_.choices[index];
    pair.to = choice.value.empty() ? choice.label : choice.value;
    pair.to_label = choice.label;
    pair.how = std::move(how);
    return true;
  }

  std::size_t index_of(const std::string& label) const {
    const Words wanted = split_words(label);
    for (std::size_t i = 0; i < labels_.size(); ++i)
      if (labels_[i].words == wanted) return i;
    return column_.choices.size();
  }

  bool same_label(const Choice& choice, ValuePair& pair) const {
    for (const std::string* text : {&choice.label, &choice.value}) {
      if (text->empty()) continue;
      const auto at = index_of(*text);
      if (at < column_.choices.size() && !labels_[at].words.empty())
        return give(at, "same label", pair);
    }
    return false;
  }

  bool by_rule(const Saying& by_label, const Saying& by_value, ValuePair& pair) const {
    if (domain_ == nullptr) return false;
    const ValueRule* best = nullptr;
    double best_score = 0.66;
    for (const ValueRule& rule : domain_->rules)
      for (const Saying& phrase : rule.phrases) {
        const double score =
            std::max(agreement(by_label, phrase), 0.99 * agreement(by_value, phrase));
        if (score > best_score + 1e-9) best_score = score, best = &rule;
      }
    if (best == nullptr) return false;
    for (const std::string& label : best->labels) {
      if (label == "-") return pair.how = "no equivalent", true;
      if (answer(label, "meaning", pair)) return true;
    }
    return false;
  }

  void by_words(const Saying& words, ValuePair& pair) const {
    std::size_t best = column_.choices.size();
    double best_score = 0.45;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      const double score = agreement(words, labels_[i]);
      if (score > best_score + 1e-9) best_score = score, best = i;
    }
    if (best < column_.choices.size()) {
      give(best, "common words", pair);
    } else if (!answer("Other", "other", pair)) {
      pair.how = "unmapped";
    }
  }

  const Field& column_;
  const ValueDomain* domain_;
  const ValueLexicon& lexicon_;
  std::vector<Saying> labels_{};
};

using Pairs = std::vector<ValuePair>;

// "Oui" and "Non" into a flag.
Pairs truths(const Field& source) {
  Pairs pairs;
  for (const Choice& choice : source.choices) {
    ValuePair pair;
    pair.from = choice.value.empty() ? choice.label : choice.value;
    const auto truth = truth_of(choice.label.empty() ? choice.value : choice.label);
    if (truth) pair.to = pair.to_label = *truth ? "true" : "false";
    pair.how = truth ? "meaning" : "unmapped";
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace

std::vector<ValuePair> map_values(const Field& source, Kind source_kind, const Field& column,
                                  const std::string& column_key, const ValueLexicon& lexicon) {
  if (column.choices.empty()) return column.kind == Kind::boolean ? truths(source) : Pairs{};
  std::vector<Choice> choices = source.choices;
  if (choices.empty() && source_kind == Kind::boolean)
    choices = {{"true", "true"}, {"false", "false"}};
  const Mapper mapper(column, lexicon.domain_of(column_key), lexicon);
  std::vector<ValuePair> pairs;
  pairs.reserve(choices.size());
  for (const Choice& choice : choices) pairs.push_back(mapper.map(choice));
  if (source.choices_in_order) mapper.fill_from_neighbours(pairs);
  return pairs;
}

}  // namespace flit::automap
