#include "automap/value_lexicon.hpp"

#include <algorithm>

#include "automap/lexicon_lines.hpp"
#include "automap/words.hpp"

namespace flit::automap {

using namespace lines;

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
      rule.phrases.push_back(split_words(phrase));
      lexicon.vocabulary_.insert(rule.phrases.back().begin(), rule.phrases.back().end());
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
      if (std::find(rule.phrases.begin(), rule.phrases.end(), words) != rule.phrases.end())
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
