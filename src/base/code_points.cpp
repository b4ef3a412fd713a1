#include "base/code_points.hpp"

#include "base/utf8.hpp"

namespace flit {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// How many bytes a lead byte announces; 0 for a byte that cannot lead.
std::size_t announced_length(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// The smallest code point that needs so many bytes: anything below is an overlong form.
constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

bool is_scalar(char32_t c) {
  return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

}  // namespace

void CodePoints::Iterator::decode() {
  code_point_ = replacement;
  length_ = rest_.empty() ? 0 : 1;
  if (rest_.empty()) return;
  const auto lead = static_cast<unsigned char>(rest_[0]);
  const std::size_t length = announced_length(lead);
  if (length == 0 || length > rest_.size()) return;
  char32_t value = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(rest_[i]);
    if ((byte & 0xC0U) != 0x80U) return;
    value = value << 6 | (byte & 0x3FU);
  }
  if (value < smallest[length] || !is_scalar(value)) return;
  code_point_ = value;
  length_ = length;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : CodePoints(text)) out.push_back(c);
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) utf8::append(out, c);
  return out;
}

}  // namespace flit
