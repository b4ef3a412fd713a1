// The parts of base/text.hpp that need no knowledge of Unicode.

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"

namespace flit::text {
namespace {

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lowered);
  return out;
}

bool equals_ascii_fold(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lowered, lowered);
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  FLIT_CHECK(!separator.empty(), "nothing stands between any two bytes");
  std::vector<std::string_view> pieces;
  for (std::size_t at = text.find(separator); at != std::string_view::npos;
       at = text.find(separator)) {
    pieces.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  pieces.push_back(text);
  return pieces;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  return join(split(text, from), to);
}

}  // namespace flit::text
