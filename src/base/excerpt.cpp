#include "base/excerpt.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace flit {
namespace {

constexpr std::size_t longest = 40;  // code points; what a person takes in at one glance

void append_visible(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    else
      out.push_back(c);
  }
}

std::size_t bytes_of_code_points(std::string_view valid, std::size_t count) {
  std::size_t i = 0;
  for (; i < valid.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(valid[i]) & 0xC0U) != 0x80U;
    if (starts && count-- == 0) break;
  }
  return i;
}

}  // namespace

std::string excerpt(std::string_view found) {
  // 4 bytes a code point at most, so the head of a huge text is enough to look at
  const std::string head = utf8::repaired(found.substr(0, 4 * (longest + 1)));
  const std::size_t shown = bytes_of_code_points(head, longest);
  std::string out = "'";
  append_visible(out, std::string_view(head).substr(0, shown));
  if (shown == head.size()) return out + "'";
  return out + fmt::format("…' ({} bytes)", found.size());
}

}  // namespace flit
