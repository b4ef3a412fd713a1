#include "automap/value_lexicon.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "automap/lexicon_lines.hpp"
#include "automap/words.hpp"

namespace flit::automap {

using namespace lines;

namespace {

bool is_negation(const std::string& word) {
  constexpr std::array<std::string_view, 12> words{"not",   "no",   "non",   "never",
                                                   "nicht", "kein", "keine", "pas",
                                                   "sin",   "nao",  "senza", "without"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Saying saying_of(std::vector<std::string> words) {
  Saying saying;
  for (const std::string& word : words) {
    if (is_negation(word))
      saying.denied = true;
    else
      saying.content.push_back(std::hash<std::string>{}(singular(word)));
  }
  std::sort(saying.content.begin(), saying.content.end());
  saying.content.erase(std::unique(saying.content.begin(), saying.content.end()),
                       saying.content.end());
  saying.words = std::move(words);
  return saying;
}

double agreement(const Saying& left, const Saying& right) {
  if (left.denied != right.denied) return 0.0;
  if (left.content.empty() && right.content.empty()) return left.denied ? 1.0 : 0.0;
  double common = 0.0;
  for (auto a = left.content.begin(), b = right.content.begin();
       a != left.content.end() && b != right.content.end();) {
    if (*a == *b)
      ++common, ++a, ++b;
    else if (*a < *b)
      ++a;
    else
      ++b;
  }
  return 2.0 * common / static_cast<double>(left.content.size() + right.content.size());
}

Result<ValueLexicon> ValueLexicon::read(std::string_view text) {
  ValueLexicon lexicon;
  const auto named = [&](std::string_view name) {
    return std::find_if(lexicon.domains_.begin(), lexicon.domains_.end(),
                        [&](const ValueDomain& d) { return d.name == name; });
  };
  FLIT_TRY_VOID(each_line(text, "values.txt", [&](std::string_view line) {
    const std::size_t at = line.find(" @ ");
    if (at != std::string_view::npos) {
      const auto head = lines::words_of(line.substr(0, at));
      if (head.empty() || head.size() > 2 || (head.size() == 2 && head[1] != "ordered"))
        return false;
      lexicon.domains_.push_back(
          {head[0], head.size() == 2, lines::words_of(line.substr(at + 3)), {}});
      return true;
    }
    const auto columns = parts(line, "|");
    if (columns.size() != 3) return false;
    const auto domain = named(columns[0]);
    if (domain == lexicon.domains_.end()) return false;
    ValueRule rule;
    for (const std::string_view phrase : parts(columns[1], ";")) {
      rule.phrases.push_back(saying_of(split_words(phrase)));
      const auto& words = rule.phrases.back().words;
      lexicon.vocabulary_.insert(words.begin(), words.end());
    }
    for (const std::string_view label : parts(columns[2], ";")) rule.labels.emplace_back(label);
    domain->rules.push_back(std::move(rule));
    return true;
  }));
  return lexicon;
}

const ValueDomain* ValueLexicon::domain_of(const std::string& column) const {
  const std::string anywhere = "*" + column.substr(std::min(column.find('.'), column.size()));
  for (const ValueDomain& domain : domains_)
    for (const std::string& pattern : domain.columns)
      if (pattern == column || pattern == anywhere) return &domain;
  return nullptr;
}

std::string ValueLexicon::meaning(std::string_view domain, std::string_view label) const {
  const std::vector<std::string> words = words_of(label);
  for (const ValueDomain& entry : domains_) {
    if (entry.name != domain) continue;
    for (const ValueRule& rule : entry.rules)
      if (std::any_of(rule.phrases.begin(), rule.phrases.end(),
                      [&](const Saying& phrase) { return phrase.words == words; }))
        return rule.labels.front();
  }
  return {};
}

std::vector<std::string> ValueLexicon::words_of(std::string_view label) const {
  std::vector<std::string> result;
  for (const std::string& word : split_words(label)) {
    const auto pieces = cut(word, vocabulary_);
    result.insert(result.end(), pieces.begin(), pieces.end());
  }
  return result;
}

}  // namespace flit::automap
