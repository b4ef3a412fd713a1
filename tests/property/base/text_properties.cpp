// Walking code points repairs text; the edit distance is a metric and agrees with its definition.

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/code_points.hpp"
#include "base/edit_distance.hpp"
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

/// The fewest single errors between two words: a breadth-first search over all words in between.
std::size_t searched_distance(const std::string& from, const std::string& to) {
  std::map<std::string, std::size_t> distance{{from, 0}};
  std::vector<std::string> frontier{from};
  const auto visit = [&](const std::string& next, std::size_t steps,
                         std::vector<std::string>& out) {
    if (next.size() <= std::max(from.size(), to.size()) + 1 && distance.emplace(next, steps).second)
      out.push_back(next);
  };
  for (std::size_t steps = 1; !distance.contains(to); ++steps) {
    std::vector<std::string> next;
    for (const std::string& word : frontier)
      for (std::size_t i = 0; i <= word.size(); ++i) {
        for (const char letter : {'a', 'b', 'c'})
          visit(word.substr(0, i) + letter + word.substr(i), steps, next);
        if (i == word.size()) continue;
        visit(word.substr(0, i) + word.substr(i + 1), steps, next);
        for (const char letter : {'a', 'b', 'c'})
          visit(word.substr(0, i) + letter + word.substr(i + 1), steps, next);
        if (i + 1 < word.size())
          visit(word.substr(0, i) + word[i + 1] + word[i] + word.substr(i + 2), steps, next);
      }
    frontier = std::move(next);
  }
  return distance.at(to);
}

RC_GTEST_PROP(CodePointProperties, WalkingIsRepairing, (const std::string& bytes)) {
  RC_ASSERT(to_utf8(to_utf32(bytes)) == utf8::repaired(bytes));
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
