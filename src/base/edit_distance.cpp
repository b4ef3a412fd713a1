#include "base/edit_distance.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/code_points.hpp"
#include "base/utf8.hpp"

namespace flit {
namespace {

/// Distances of all prefixes, but only of those whose lengths differ by at most `limit`: beyond
/// that band every distance is greater than the limit.
class Band {
 public:
  Band(std::size_t rows, std::size_t limit)
      : limit_(limit), width_(2 * limit + 1), cells_(rows * width_, limit + 1) {}

  std::size_t at(std::size_t i, std::size_t j) const {
    return inside(i, j) ? cells_[i * width_ + (j + limit_ - i)] : limit_ + 1;
  }
  void set(std::size_t i, std::size_t j, std::size_t distance) {
    cells_[i * width_ + (j + limit_ - i)] = std::min(distance, limit_ + 1);
  }

 private:
  bool inside(std::size_t i, std::size_t j) const { return j + limit_ >= i && j <= i + limit_; }

  std::size_t limit_;
  std::size_t width_;
  std::vector<std::size_t> cells_;
};

/// Lowrance and Wagner's recurrence: a swap joins the last place of a[i] in b with the last place
/// of b[j] in a, and pays for everything between.
std::size_t banded_distance(const std::u32string& a, const std::u32string& b, std::size_t limit) {
  Band band(a.size() + 1, limit);
  std::unordered_map<char32_t, std::size_t> last_row;  // where in `a` a letter stood last, from 1
  for (std::size_t i = 0; i <= a.size(); ++i) {
    std::size_t last_column = 0;  // where in `b` the letter a[i] stood last, from 1
    // the column of a match may lie before the band, so it is looked for from there on
    const std::size_t first = i > limit ? i - limit : 0;
    for (std::size_t j = first; j <= std::min(b.size(), i + limit); ++j) {
      if (i == 0 || j == 0) {
        band.set(i, j, i + j);
        continue;
      }
      const bool equal = a[i - 1] == b[j - 1];
      std::size_t best = std::min(band.at(i - 1, j), band.at(i, j - 1)) + 1;
      best = std::min(best, band.at(i - 1, j - 1) + (equal ? 0 : 1));
      const auto row = last_row.find(b[j - 1]);
      if (row != last_row.end() && last_column != 0)
        best = std::min(best, band.at(row->second - 1, last_column - 1) + (i - row->second - 1) +
                                  1 + (j - last_column - 1));
      if (equal) last_column = j;
      band.set(i, j, best);
    }
    if (i > 0) last_row[a[i - 1]] = i;
  }
  return band.at(a.size(), b.size());
}

std::string ascii_lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::size_t errors_forgiven(std::string_view word) {
  const std::size_t length = utf8::code_points(word);
  return length <= 1 ? 0 : length <= 3 ? 1 : length <= 6 ? 2 : 3;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::u32string left = to_utf32(a);
  const std::u32string right = to_utf32(b);
  const std::size_t longer = std::max(left.size(), right.size());
  const std::size_t shorter = std::min(left.size(), right.size());
  if (longer - shorter > limit) return limit + 1;
  const std::size_t distance = banded_distance(left, right, std::min(limit, longer));
  return std::min(distance, limit + 1);
}

Suggestion::Suggestion(std::string_view word)
    : word_(word), lowered_(ascii_lowered(word)), bound_(2 * errors_forgiven(word) + 2) {}

void Suggestion::offer(std::string_view candidate) {
  // Case counts half an error: enough to prefer the same case, too little to lose to another word.
  const std::size_t limit = (bound_ - 1) / 2;
  const std::size_t distance = edit_distance(lowered_, ascii_lowered(candidate), limit);
  const bool case_differs = edit_distance(word_, candidate, distance) > distance;
  const std::size_t rank = 2 * distance + (case_differs ? 1 : 0);
  if (distance > limit || rank >= bound_) return;
  bound_ = rank;
  best_ = candidate;
}

}  // namespace flit
