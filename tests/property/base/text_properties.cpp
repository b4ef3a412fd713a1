// Walking code points repairs text; the forms that matching uses are settled; the edit distance is
// a metric and agrees with its definition.

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/code_points.hpp"
#include "base/edit_distance.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace flit {
namespace {

constexpr std::size_t far = 100;

/// So few letters that words are often close and swaps often happen.
std::string small_word() {
  const int length = *rc::gen::resize(100, rc::gen::inRange(0, 7));
  std::string word;
  for (int i = 0; i < length; ++i) word += *rc::gen::elementOf(std::string("abc"));
  return word;
}

/// Every word that one letter more, less or exchanged, or one swap, makes of this one.
template <typename Visit>
void each_neighbour(const std::string& word, const Visit& visit) {
  for (std::size_t i = 0; i <= word.size(); ++i) {
    for (const char letter : {'a', 'b', 'c'}) visit(word.substr(0, i) + letter + word.substr(i));
    if (i == word.size()) continue;
    visit(word.substr(0, i) + word.substr(i + 1));
    for (const char letter : {'a', 'b', 'c'})
      visit(word.substr(0, i) + letter + word.substr(i + 1));
    if (i + 1 < word.size()) visit(word.substr(0, i) + word[i + 1] + word[i] + word.substr(i + 2));
  }
}

/// The fewest single errors between two words: a breadth-first search over all words in between.
std::size_t searched_distance(const std::string& from, const std::string& to) {
  std::map<std::string, std::size_t> distance{{from, 0}};
  std::vector<std::string> frontier{from};
  const std::size_t longest = std::max(from.size(), to.size()) + 1;
  for (std::size_t steps = 1; !distance.contains(to); ++steps) {
    std::vector<std::string> next;
    const auto visit = [&](const std::string& word) {
      if (word.size() <= longest && distance.emplace(word, steps).second) next.push_back(word);
    };
    for (const std::string& word : frontier) each_neighbour(word, visit);
    frontier = std::move(next);
  }
  return distance.at(to);
}

RC_GTEST_PROP(CodePointProperties, WalkingIsRepairing, (const std::string& bytes)) {
  RC_ASSERT(to_utf8(to_utf32(bytes)) == utf8::repaired(bytes));
}

/// Letters that change when folded or composed, marks, jamo, white space, and any others.
std::string troublesome_text() {
  static const std::u32string trouble =
      U"aIiİıßſKÅΣσςŉǰΐΰևẖﬁﬅﬓ\u0345\u0301\u0308\u0307\u0327ͅᾳᾼ¨´ͺ˘ ½²№①Ａ가각\u1100\u1161\u11A8"
      U"\u0CC6\u0CC2 "
      U"\u00A0\u3000\t-.x7\u2126\u1E9E\u13A0\uAB70\U0001E900\u0FB2\u0F71\u0F80\u200D\u00AD";
  std::u32string text;
  for (int i = *rc::gen::resize(100, rc::gen::inRange(0, 12)); i > 0; --i)
    text += *rc::gen::resize(100, rc::gen::elementOf(trouble));
  return to_utf8(text);
}

std::string any_text() {
  return *rc::gen::oneOf(rc::gen::exec(troublesome_text), rc::gen::arbitrary<std::string>());
}

RC_GTEST_PROP(TextProperties, FormsForMatchingAreSettled, ()) {
  const std::string text = any_text();

  RC_ASSERT(text::fold(text::fold(text)) == text::fold(text));
  RC_ASSERT(text::squash(text::squash(text)) == text::squash(text));
  RC_ASSERT(text::slug(text::slug(text)) == text::slug(text));
  RC_ASSERT(text::collapse_white_space(text::collapse_white_space(text)) ==
            text::collapse_white_space(text));
}

RC_GTEST_PROP(TextProperties, FoldingForgetsFormAndCase, ()) {
  const std::string text = any_text();

  RC_ASSERT(text::fold(text::nfkd(text)) == text::fold(text));
  // in that order: U+0345 becomes a letter, so folding before marks are sorted is another text
  RC_ASSERT(text::fold(text::fold_case(text::nfkc(text))) == text::fold(text));
  RC_ASSERT(text::squash(text::fold(text)) == text::squash(text));
}

RC_GTEST_PROP(TextProperties, WhatComesOutIsUtf8, ()) {
  const std::string text = any_text();

  for (const std::string& out :
       {text::nfc(text), text::nfkc(text), text::nfkd(text), text::lower(text), text::upper(text),
        text::strip_marks(text), text::fold(text), text::squash(text)})
    RC_ASSERT(utf8::is_valid(out));
  for (const char c : text::slug(text))
    RC_ASSERT(std::string_view("abcdefghijklmnopqrstuvwxyz0123456789-.").find(c) !=
              std::string_view::npos);
}

RC_GTEST_PROP(TextProperties, TrimmingCutsOnlyWhiteSpace, ()) {
  const std::string text = any_text();
  const std::string_view trimmed = text::trim(text);

  const auto offset = static_cast<std::size_t>(trimmed.data() - text.data());
  RC_ASSERT(text::is_blank(std::string_view(text).substr(0, offset)));
  RC_ASSERT(text::is_blank(std::string_view(text).substr(offset + trimmed.size())));
  RC_ASSERT(text::trim(trimmed) == trimmed);
}

RC_GTEST_PROP(TextProperties, JoiningUndoesSplitting, ()) {
  const std::string text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab;")));

  RC_ASSERT(text::join(text::split(text, ";"), ";") == text);
  RC_ASSERT(text::replace_all(text, ";", "").find(';') == std::string::npos);
}

RC_GTEST_PROP(EditDistanceProperties, IsAMetric, ()) {
  const std::string a = small_word();
  const std::string b = small_word();
  const std::string c = small_word();

  RC_ASSERT((edit_distance(a, b, far) == 0) == (a == b));
  RC_ASSERT(edit_distance(a, b, far) == edit_distance(b, a, far));
  RC_ASSERT(edit_distance(a, c, far) <= edit_distance(a, b, far) + edit_distance(b, c, far));
}

RC_GTEST_PROP(EditDistanceProperties, TheLimitOnlyCuts, ()) {
  const std::string a = small_word();
  const std::string b = small_word();
  const auto limit = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, 8));

  RC_ASSERT(edit_distance(a, b, limit) == std::min(edit_distance(a, b, far), limit + 1));
}

RC_GTEST_PROP(EditDistanceProperties, IsTheFewestErrorsBetweenTwoWords, ()) {
  const std::string a = small_word().substr(0, 4);
  const std::string b = small_word().substr(0, 4);

  RC_ASSERT(edit_distance(a, b, far) == searched_distance(a, b));
}

}  // namespace
}  // namespace flit
