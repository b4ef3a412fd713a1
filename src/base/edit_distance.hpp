#pragma once
/// @file How far two words are apart, and which known word an unknown one was probably meant to be.
///
/// The distance counts insertions, deletions, replacements and swaps of neighbours, in code points
/// (Damerau–Levenshtein without the restriction that a swapped pair stays untouched, so it is a
/// metric). Time and memory grow with length × limit, never with the square of hostile input.

#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

namespace flit {

/// The distance, or limit + 1 when it is greater than `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// Picks the best of the words offered to it; the first of equals wins.
class Suggestion {
 public:
  explicit Suggestion(std::string_view word);

  /// The candidate must outlive the suggestion.
  void offer(std::string_view candidate);

  std::optional<std::string_view> best() const { return best_; }

 private:
  std::string word_;
  std::string lowered_;
  std::size_t bound_;  // a candidate is taken only if its rank is below
  std::optional<std::string_view> best_;
};

/// The candidate that `word` most likely stands for: the same but for ASCII case, or at most one
/// typing error away (from two letters), two (from four) or three (from seven). Empty if none is.
template <std::ranges::input_range Words>
requires std::convertible_to<std::ranges::range_reference_t<const Words>, std::string_view>
    std::optional<std::string_view> did_you_mean(std::string_view word, const Words& candidates) {
  Suggestion suggestion(word);
  for (const auto& candidate : candidates) suggestion.offer(candidate);
  return suggestion.best();
}

/// "did you mean 'external_key'?", or nothing: ready to be an error's remedy.
template <std::ranges::input_range Words>
std::string did_you_mean_text(std::string_view word, const Words& candidates) {
  const auto best = did_you_mean(word, candidates);
  return best ? "did you mean '" + std::string(*best) + "'?" : std::string();
}

}  // namespace flit
