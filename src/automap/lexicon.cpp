#include "automap/lexicon.hpp"

#include <algorithm>
#include <array>

#include "automap/words.hpp"

namespace flit::automap {

namespace {

// FNV-1a: stable across runs and machines, unlike std::hash.
std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  return hash;
}

double weight_of(Role role) {
  switch (role) {
    case Role::head:
    case Role::relation:
    case Role::unknown:
      return 1.0;
    case Role::qualifier:
      return 0.7;
    case Role::mark:
    case Role::ordinal:
      return 0.4;
    case Role::filler:
      return 0.15;
  }
  return 1.0;
}

bool is_number(const std::string& word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool Bag::contains(std::uint64_t id) const {
  return std::any_of(tokens.begin(), tokens.end(),
                     [id](const Token& token) { return token.id == id; });
}

Bag bag_of(std::vector<Token> tokens) {
  std::sort(tokens.begin(), tokens.end(),
            [](const Token& a, const Token& b) { return a.id < b.id; });
  tokens.erase(std::unique(tokens.begin(), tokens.end(),
                           [](const Token& a, const Token& b) { return a.id == b.id; }),
               tokens.end());
  Bag bag;
  for (const Token& token : tokens) bag.weight += token.weight;
  bag.tokens = std::move(tokens);
  return bag;
}

namespace {
double common_weight(const Bag& left, const Bag& right) {
  double common = 0.0;
  auto a = left.tokens.begin();
  auto b = right.tokens.begin();
  while (a != left.tokens.end() && b != right.tokens.end()) {
    if (a->id == b->id) {
      common += a->weight;
      ++a, ++b;
    } else if (a->id < b->id) {
      ++a;
    } else {
      ++b;
    }
  }
  return common;
}
}  // namespace

double similarity(const Bag& left, const Bag& right) {
  const double total = left.weight + right.weight;
  return total <= 0.0 ? 0.0 : 2.0 * common_weight(left, right) / total;
}

double coverage(const Bag& part, const Bag& whole) {
  return part.weight <= 0.0 ? 0.0 : common_weight(part, whole) / part.weight;
}

Token Lexicon::token_of(const std::string& word) const {
  if (is_number(word)) {
    // "1" names the first of several and says little; "2" says: not the first.
    return {stable_hash("#" + word), word == "1" || word == "0" ? 0.05 : weight_of(Role::ordinal),
            Role::ordinal};
  }
  return {stable_hash("word " + singular(word)), weight_of(Role::unknown), Role::unknown};
}

std::uint64_t Lexicon::concept_id(std::string_view name) const {
  return stable_hash("concept " + std::string(name));
}

std::string_view Lexicon::concept_class(std::uint64_t id) const {
  const auto found = concepts_.find(id);
  return found == concepts_.end() ? std::string_view("-")
                                  : std::string_view(found->second.value_class);
}

void Lexicon::add_alias(const std::vector<std::string>& words, std::uint64_t id) {
  if (words.empty()) return;
  phrases_.emplace(joined(words), id);  // the first line that claims a phrase keeps it
  std::size_t& longest = longest_from_[words.front()];
  longest = std::max(longest, words.size());
  for (const std::string& word : words) vocabulary_.insert(word);
}

std::size_t Lexicon::take_phrase(const std::vector<std::string>& words, std::size_t at,
                                 std::vector<Token>& into) const {
  // A single word is also looked up without its plural's ending, which starts no phrase.
  const auto starts = longest_from_.find(words[at]);
  const std::size_t longest = starts == longest_from_.end() ? 1 : starts->second;
  for (std::size_t length = std::min(longest, words.size() - at); length > 0; --length) {
    std::string phrase;
    for (std::size_t i = at; i < at + length; ++i) phrase += (i > at ? " " : "") + words[i];
    auto found = phrases_.find(phrase);
    if (found == phrases_.end()) found = phrases_.find(singular(phrase));
    if (found == phrases_.end()) continue;
    const Role role = concepts_.at(found->second).role;
    into.push_back({found->second, weight_of(role), role});
    return length;
  }
  into.push_back(token_of(words[at]));
  return 1;
}

std::vector<Token> Lexicon::tokens(const std::vector<std::string>& given) const {
  const std::vector<std::string> words = segmented(given);
  std::vector<Token> result;
  for (std::size_t at = 0; at < words.size();) at += take_phrase(words, at, result);
  return result;
}

Bag Lexicon::bag(const std::vector<std::string>& words) const {
  Bag bag = bag_of(tokens(words));
  bag.text = joined(words);
  return bag;
}

Bag Lexicon::bag(std::string_view text) const {
  return bag(split_words(text));
}

std::vector<std::string> Lexicon::segmented(const std::vector<std::string>& words) const {
  std::vector<std::string> result;
  for (const std::string& word : words) {
    const bool known = phrases_.count(word) > 0 || vocabulary_.count(word) > 0 ||
                       phrases_.count(singular(word)) > 0;
    const auto pieces = known ? std::vector<std::string>{word} : cut(word, vocabulary_);
    result.insert(result.end(), pieces.begin(), pieces.end());
  }
  return result;
}

namespace {

using ByToken = std::unordered_map<std::uint64_t, std::vector<int>>;

std::vector<int> sharing(const Bag& bag, const ByToken& by_token) {
  std::vector<int> near;
  for (const Token& token : bag.tokens) {
    const auto found = by_token.find(token.id);
    if (found != by_token.end())
      near.insert(near.end(), found->second.begin(), found->second.end());
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  return near;
}

}  // namespace

std::vector<int> Lexicon::homeless_near(const Bag& bag) const {
  return sharing(bag, homeless_by_token_);
}

std::vector<int> Lexicon::kinds_near(const Bag& bag) const {
  return sharing(bag, kinds_by_token_);
}

const ColumnMeanings* Lexicon::column(const std::string& table, const std::string& column) const {
  const auto found = columns_.find(table + "." + column);
  if (found != columns_.end()) return &found->second;
  const auto anywhere = columns_.find("*." + column);
  return anywhere == columns_.end() ? nullptr : &anywhere->second;
}

}  // namespace flit::automap
