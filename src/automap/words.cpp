#include "automap/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace flit::automap {

namespace {

// Latin letters with marks, U+00C0…U+017F, to plain letters; '.' where there is no letter.
constexpr std::string_view plain_latin =
    "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSs"
    "SsSsTtTtTtUuUu"
    "UuUuUuUuWwYyYZzZzZzs";

enum class Letter : std::uint8_t { other, lower, upper, digit };

struct Symbol {
  Letter letter = Letter::other;
  std::string text{};  // folded, lower case
};

// Decodes one code point leniently: a bad byte counts as a separator.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(at);
  std::size_t extra = first >= 0xF0 ? 3U : first >= 0xE0 ? 2U : first >= 0xC0 ? 1U : 0U;
  std::uint32_t code = extra == 3   ? first & 0x07U
                       : extra == 2 ? first & 0x0FU
                       : extra == 1 ? first & 0x1FU
                                    : first;
  if (first >= 0x80 && extra == 0) code = 0x20;
  ++at;
  for (; extra > 0 && at < text.size() && (byte(at) & 0xC0U) == 0x80U; --extra, ++at)
    code = (code << 6U) | (byte(at) & 0x3FU);
  return extra == 0 ? code : 0x20;
}

Symbol ascii_symbol(char c) {
  if (c >= 'a' && c <= 'z') return {Letter::lower, std::string(1, c)};
  if (c >= 'A' && c <= 'Z')
    return {Letter::upper, std::string(1, static_cast<char>(c - 'A' + 'a'))};
  if (c >= '0' && c <= '9') return {Letter::digit, std::string(1, c)};
  return {};
}

Symbol symbol_of(std::uint32_t code, std::string_view bytes) {
  if (code < 0x80) return ascii_symbol(static_cast<char>(code));
  if (code == 0xDF) return {Letter::lower, "ss"};
  if (code >= 0xC0 && code < 0xC0 + plain_latin.size()) {
    const char plain = plain_latin[code - 0xC0];
    return plain == '.' ? Symbol{} : ascii_symbol(plain);
  }
  const bool punctuation =
      code < 0xC0 || (code >= 0x2000 && code < 0x2200) || (code >= 0x3000 && code < 0x3020);
  return punctuation ? Symbol{} : Symbol{Letter::lower, std::string(bytes)};
}

bool ends_in_elision(const std::vector<Symbol>& all) {
  std::string word;
  for (auto at = all.rbegin(); at != all.rend() && at->letter != Letter::other; ++at)
    word.insert(0, at->text);
  constexpr std::array<std::string_view, 15> articles{
      "d", "l", "n", "s", "c", "m", "t", "j", "qu", "un", "all", "dell", "sull", "nell", "dall"};
  return std::find(articles.begin(), articles.end(), word) != articles.end();
}

std::vector<Symbol> symbols(std::string_view text) {
  text = text.substr(0, max_name_bytes);
  std::vector<Symbol> result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t code = next_code_point(text, at);
    if (code == '\'' || code == 0x2019) {
      // "d'affaires", "dell'azienda": an elided article is a word of its own; else the apostrophe
      // belongs to its word ("driver's").
      if (ends_in_elision(result)) result.push_back({});
      continue;
    }
    result.push_back(symbol_of(code, text.substr(begin, at - begin)));
  }
  return result;
}

// A word ends before `i` where the writing changes: otherCase, HTTPServer, line2.
bool is_border(const std::vector<Symbol>& all, std::size_t i) {
  const Letter before = all[i - 1].letter;
  const Letter here = all[i].letter;
  if (before == Letter::other || here == Letter::other) return true;
  if ((before == Letter::digit) != (here == Letter::digit)) return true;
  if (here != Letter::upper) return false;
  if (before == Letter::lower) return true;
  return i + 1 < all.size() && all[i + 1].letter == Letter::lower;
}

std::vector<std::uint32_t> trigrams(std::string_view text) {
  std::vector<std::uint32_t> grams;
  const std::string padded = " " + std::string(text) + " ";
  for (std::size_t i = 0; i + 3 <= padded.size(); ++i)
    grams.push_back(static_cast<std::uint32_t>(static_cast<std::uint8_t>(padded[i])) << 16U |
                    static_cast<std::uint32_t>(static_cast<std::uint8_t>(padded[i + 1])) << 8U |
                    static_cast<std::uint8_t>(padded[i + 2]));
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

bool ends_with(const std::string& word, std::string_view tail) {
  return word.size() > tail.size() &&
         word.compare(word.size() - tail.size(), tail.size(), tail) == 0;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  for (const Symbol& symbol : symbols(text))
    result += symbol.letter == Letter::other ? " " : symbol.text;
  return result;
}

std::vector<std::string> split_words(std::string_view text) {
  const std::vector<Symbol> all = symbols(text);
  std::vector<std::string> words;
  bool open = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && is_border(all, i)) open = false;
    if (all[i].letter == Letter::other) continue;
    if (!open) words.emplace_back();
    open = true;
    words.back() += all[i].text;
  }
  return words;
}

std::string singular(const std::string& word) {
  if (word.size() > 4 && ends_with(word, "ies")) return word.substr(0, word.size() - 3) + "y";
  if (ends_with(word, "sses") || ends_with(word, "xes") || ends_with(word, "ches") ||
      ends_with(word, "shes"))
    return word.substr(0, word.size() - 2);
  const bool plural = word.size() > 3 && ends_with(word, "s") && !ends_with(word, "ss") &&
                      !ends_with(word, "us") && !ends_with(word, "is");
  return plural ? word.substr(0, word.size() - 1) : word;
}

namespace {

// What a piece of an undivided word costs: short ones more, for they fit by accident; 0: no piece.
int price_of(const std::string& piece, const std::unordered_set<std::string>& vocabulary) {
  if (piece.size() == 2) return piece == "id" || piece == "of" || piece == "to" ? 12 : 0;
  if (vocabulary.count(piece) == 0) return 0;
  return piece.size() == 3 ? 11 : 10;
}

}  // namespace

std::vector<std::string> cut(const std::string& word,
                             const std::unordered_set<std::string>& vocabulary) {
  if (word.size() < 6 || word.size() > 40 || vocabulary.count(word) > 0) return {word};
  constexpr int unreachable = std::numeric_limits<int>::max() / 2;
  constexpr int dearest = 45;  // four pieces at most
  std::vector<int> cost(word.size() + 1, unreachable);
  std::vector<std::size_t> from(word.size() + 1, 0);
  cost[0] = 0;
  for (std::size_t end = 2; end <= word.size(); ++end)
    for (std::size_t begin = end < 16 ? 0 : end - 16; begin + 2 <= end; ++begin) {
      if (cost[begin] == unreachable) continue;
      const int price = price_of(word.substr(begin, end - begin), vocabulary);
      if (price > 0 && cost[begin] + price < cost[end])
        cost[end] = cost[begin] + price, from[end] = begin;
    }
  if (cost.back() > dearest) return {word};
  std::vector<std::string> pieces;
  for (std::size_t end = word.size(); end > 0; end = from[end])
    pieces.push_back(word.substr(from[end], end - from[end]));
  std::reverse(pieces.begin(), pieces.end());
  return pieces;
}

double trigram_similarity(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return 0.0;
  const auto a = trigrams(left);
  const auto b = trigrams(right);
  std::vector<std::uint32_t> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return static_cast<double>(common.size()) /
         std::sqrt(static_cast<double>(a.size()) * static_cast<double>(b.size()));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace flit::automap
