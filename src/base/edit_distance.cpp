#include "base/edit_distance.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/code_points.hpp"
#include "base/text.hpp"
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

/// Lowrance and Wagner's recurrence: a swap joins the last place of b[j] in a with the last place
/// of a[i] in b, and pays for everything between. Places before the band cost more than the limit,
/// so a row need not know them.
class Recurrence {
 public:
  Recurrence(const std::u32string& a, const std::u32string& b, std::size_t limit)
      : a_(a), b_(b), limit_(limit), band_(a.size() + 1, limit) {}

  std::size_t distance() {
    for (std::size_t j = 0; j <= std::min(b_.size(), limit_); ++j) band_.set(0, j, j);
    for (std::size_t i = 1; i <= a_.size(); ++i) fill_row(i);
    return band_.at(a_.size(), b_.size());
  }

 private:
  void fill_row(std::size_t i) {
    std::size_t last_column = 0;  // where in b the letter a[i] stood last, from 1; 0: nowhere yet
    if (i <= limit_) band_.set(i, 0, i);
    const std::size_t first = i > limit_ ? i - limit_ : 1;
    for (std::size_t j = first; j <= std::min(b_.size(), i + limit_); ++j) {
      const bool equal = a_[i - 1] == b_[j - 1];
      const std::size_t one_more = std::min(band_.at(i - 1, j), band_.at(i, j - 1)) + 1;
      const std::size_t replaced = band_.at(i - 1, j - 1) + (equal ? 0 : 1);
      band_.set(i, j, std::min({one_more, replaced, swapped(i, j, last_column)}));
      if (equal) last_column = j;
    }
    last_row_[a_[i - 1]] = i;
  }

  std::size_t swapped(std::size_t i, std::size_t j, std::size_t last_column) const {
    const auto row = last_row_.find(b_[j - 1]);
    if (row == last_row_.end() || last_column == 0) return limit_ + 1;
    const std::size_t between = (i - row->second - 1) + (j - last_column - 1);
    return band_.at(row->second - 1, last_column - 1) + 1 + between;
  }

  const std::u32string& a_;
  const std::u32string& b_;
  std::size_t limit_;
  Band band_;
  std::unordered_map<char32_t, std::size_t> last_row_;  // where in a a letter stood last, from 1
};

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
  const std::size_t distance = Recurrence(left, right, std::min(limit, longer)).distance();
  return std::min(distance, limit + 1);
}

Suggestion::Suggestion(std::string_view word)
    : word_(word), lowered_(text::ascii_lower(word)), bound_(2 * errors_forgiven(word) + 2) {}

void Suggestion::offer(std::string_view candidate) {
  // Case counts half an error: enough to prefer the same case, too little to lose to another word.
  const std::size_t limit = (bound_ - 1) / 2;
  const std::size_t distance = edit_distance(lowered_, text::ascii_lower(candidate), limit);
  const bool case_differs = edit_distance(word_, candidate, distance) > distance;
  const std::size_t rank = 2 * distance + (case_differs ? 1 : 0);
  if (distance > limit || rank >= bound_) return;
  bound_ = rank;
  best_ = candidate;
}

}  // namespace flit
