#include "mapping/email.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace flit::mapping {
namespace {

bool is_atom_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return true;  // part of a UTF-8 letter; the text as a whole was checked
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
  return std::isalnum(byte) != 0 || others.find(c) != std::string_view::npos;
}

/// Atoms joined by single dots.
bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  char previous = 0;
  for (const char c : text) {
    if (c == '.' ? previous == '.' : !is_atom_byte(c)) return false;
    previous = c;
  }
  return true;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-';
  });
}

bool is_domain(std::string_view domain) {
  if (domain.size() > 253) return false;
  const auto labels = text::split(domain, ".");
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), is_label);
}

}  // namespace

bool is_email_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at > 64 || !utf8::is_valid(text)) return false;
  return is_dot_atom(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

std::string email_key(std::string_view address) {
  return text::fold_case(text::trim(address));
}

}  // namespace flit::mapping
