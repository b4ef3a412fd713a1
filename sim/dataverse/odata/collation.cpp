#include "sim/dataverse/odata/collation.hpp"

#include <algorithm>
#include <cstddef>

#include "base/code_points.hpp"
#include "base/text.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<signed char>(c) < 0; });
}

/// Where the set that opens at `open` ends: the index of its ']'; npos if it never does.
std::size_t set_end(const std::u32string& pattern, std::size_t open) {
  std::size_t first = open + 1;
  if (first < pattern.size() && pattern[first] == U'^') ++first;
  return pattern.find(U']', first + 1);  // a ']' right behind the opening stands for itself
}

bool set_contains(std::u32string_view set, char32_t c) {
  const bool negated = !set.empty() && set.front() == U'^';
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == U'-') {
      found = found || (c >= set[i] && c <= set[i + 2]);
      i += 2;
    } else {
      found = found || c == set[i];
    }
  }
  return found != negated;
}

/// Does the single-character item of the pattern at `at` match? Sets `next` behind the item.
bool item_matches(const std::u32string& pattern, std::size_t at, char32_t c, std::size_t& next) {
  next = at + 1;
  if (pattern[at] == U'_') return true;
  if (pattern[at] == U'[') {
    const std::size_t end = set_end(pattern, at);
    if (end != std::u32string::npos) {
      next = end + 1;
      return set_contains(std::u32string_view(pattern).substr(at + 1, end - at - 1), c);
    }
  }
  return pattern[at] == c;
}

}  // namespace

std::weak_ordering compare_text(std::string_view left, std::string_view right) {
  const std::size_t common = std::min(left.size(), right.size());
  std::size_t i = 0;
  while (i < common && ascii_lower(left[i]) == ascii_lower(right[i])) ++i;
  if (i == common && left.size() == right.size()) return std::weak_ordering::equivalent;
  if (is_ascii(left) && is_ascii(right)) {
    if (i == common) return left.size() <=> right.size();
    return ascii_lower(left[i]) <=> ascii_lower(right[i]);
  }
  const std::string a = folded(left);
  const std::string b = folded(right);
  return a.compare(b) <=> 0;
}

std::string folded(std::string_view text) {
  if (!is_ascii(text)) return text::fold_case(text);
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

Pattern::Pattern(std::string_view pattern) : pattern_(to_utf32(folded(pattern))) {}

bool Pattern::matches(std::string_view text) const {
  const std::u32string subject = to_utf32(folded(text));
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::u32string::npos;  // behind the last '%'
  std::size_t retry = 0;                    // where the text was when that '%' was met
  while (in < subject.size()) {
    std::size_t next = 0;
    if (at < pattern_.size() && pattern_[at] == U'%') {
      star = ++at;
      retry = in;
    } else if (at < pattern_.size() && item_matches(pattern_, at, subject[in], next)) {
      at = next;
      ++in;
    } else if (star != std::u32string::npos) {
      at = star;
      in = ++retry;
    } else {
      return false;
    }
  }
  while (at < pattern_.size() && pattern_[at] == U'%') ++at;
  return at == pattern_.size();
}

}  // namespace flit::sim::dataverse::odata
