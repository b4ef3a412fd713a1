#include "base/secret_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"

namespace flit {
namespace {

constexpr std::array<std::string_view, 8> words{"secret", "token",      "password",   "passwd",
                                                "apikey", "credential", "value_from", "api_key"};

bool is_of_a_key(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// Where the key that ends before `colon` begins.
std::size_t key_before(std::string_view line, std::size_t colon) {
  std::size_t end = colon;
  while (end > 0 && !is_of_a_key(line[end - 1]) && line[end - 1] != ' ') --end;  // quotes
  std::size_t begin = end;
  while (begin > 0 && is_of_a_key(line[begin - 1])) --begin;
  return begin;
}

/// "https://me:password@host" → "https://…@host".
std::string without_userinfo(std::string line) {
  for (std::size_t at = line.find("://"); at != std::string::npos; at = line.find("://", at + 3)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(line.find_first_of("/\"' ", begin), line.size());
    const std::size_t user = line.rfind('@', end);
    if (user != std::string::npos && user >= begin) line.replace(begin, user - begin, "…");
  }
  return line;
}

}  // namespace

bool names_secret(std::string_view key) {
  const std::string lower = text::ascii_lower(key);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string without_secrets(std::string_view line) {
  for (std::size_t at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1)) {
    const std::size_t key = key_before(line, at);
    if (names_secret(line.substr(key, at - key))) return std::string(line.substr(0, at + 1)) + " …";
  }
  return without_userinfo(std::string(line));
}

}  // namespace flit
