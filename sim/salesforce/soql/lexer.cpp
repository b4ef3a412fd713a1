#include "sim/salesforce/soql/lexer.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '.';
}

/// A digit, perhaps behind a sign or a point, or behind both.
bool starts_number(std::string_view text) {
  const char first = text.front();
  const char second = text.size() > 1 ? text[1] : '\0';
  const bool sign = first == '-' || first == '+';
  return is_digit(first) || ((sign || first == '.') && is_digit(second)) || (sign && second == '.');
}

/// "2026-01-31" and anything behind it that belongs to a moment.
bool starts_date(std::string_view text) {
  if (text.size() < 10) return false;
  for (std::size_t i = 0; i < 10; ++i)
    if (i == 4 || i == 7 ? text[i] != '-' : !is_digit(text[i])) return false;
  return true;
}

/// The character after a backslash; 0 if it escapes nothing.
char escaped(char c) {
  switch (c) {
    case 'n':
    case 'N':
      return '\n';
    case 'r':
    case 'R':
      return '\r';
    case 't':
    case 'T':
      return '\t';
    case 'b':
    case 'B':
      return '\b';
    case 'f':
    case 'F':
      return '\f';
    case '"':
    case '\'':
    case '\\':
      return c;
  }
  return 0;
}

}  // namespace

bool Token::is_word(std::string_view word) const {
  return kind == TokenKind::name && equal_without_case(text, word);
}

Lexer::Lexer(std::string_view soql) : soql_(soql), first_(read(0)) {
  if (first_) token_ = *first_;
}

Result<Token> Lexer::take() {
  if (!first_) return first_;
  const Token taken = token_;
  FLIT_TRY(next, read(token_.position + token_.text.size()));
  token_ = next;
  return taken;
}

Result<Token> Lexer::peek_second() const {
  if (!first_) return first_;
  return read(token_.position + token_.text.size());
}

Error Lexer::unexpected() const {
  const std::string_view text = token_.kind == TokenKind::end ? "<EOF>" : token_.text;
  return malformed(place(), fmt::format("unexpected token: '{}'", utf8::repaired(text)));
}

Result<Token> Lexer::read(std::size_t from) const {
  while (from < soql_.size() && is_space(soql_[from])) ++from;
  if (from == soql_.size()) return Token{.position = from};
  const std::string_view rest = soql_.substr(from);
  const char c = rest.front();
  if (c == '\'') return read_text(from);
  if (is_letter(c) || c == '_') {
    std::size_t size = 1;
    while (size < rest.size() && is_name(rest[size])) ++size;
    return Token{TokenKind::name, rest.substr(0, size), from};
  }
  if (starts_number(rest)) return read_number(from);
  for (const std::string_view two : {"!=", "<>", "<=", ">="})
    if (rest.substr(0, 2) == two) return Token{TokenKind::mark, rest.substr(0, 2), from};
  if (std::string_view("(),:=<>").find(c) != std::string_view::npos)
    return Token{TokenKind::mark, rest.substr(0, 1), from};
  return malformed({soql_, from},
                   fmt::format("unexpected char: '{}'", utf8::repaired(rest.substr(0, 1))));
}

Result<Token> Lexer::read_text(std::size_t from) const {
  std::size_t end = from + 1;
  while (end < soql_.size() && soql_[end] != '\'') {
    if (soql_[end] == '\\') {
      const char c = end + 1 < soql_.size() ? soql_[end + 1] : '\0';
      if (escaped(c) == 0 && c != '%' && c != '_' && c != 'u')
        return malformed({soql_, end}, "Illegal character sequence in string literal: '\\'");
      ++end;
    }
    ++end;
  }
  if (end >= soql_.size())
    return malformed({soql_, soql_.size()}, "expecting a '\\'', found '<EOF>'");
  return Token{TokenKind::text, soql_.substr(from, end + 1 - from), from};
}

Token Lexer::read_number(std::size_t from) const {
  const std::string_view rest = soql_.substr(from);
  if (starts_date(rest)) {
    std::size_t size = 10;
    if (size == rest.size() || (rest[size] != 'T' && rest[size] != 't'))
      return {TokenKind::date, rest.substr(0, size), from};
    while (size < rest.size() &&
           (is_digit(rest[size]) || is_letter(rest[size]) ||
            std::string_view(":.+-").find(rest[size]) != std::string_view::npos))
      ++size;
    return {TokenKind::instant, rest.substr(0, size), from};
  }
  std::size_t size = 1;
  while (size < rest.size()) {
    const char c = rest[size];
    const bool after_exponent = rest[size - 1] == 'e' || rest[size - 1] == 'E';
    if (!is_digit(c) && c != '.' && c != 'e' && c != 'E' &&
        !(after_exponent && (c == '+' || c == '-')))
      break;
    ++size;
  }
  return {TokenKind::number, rest.substr(0, size), from};
}

namespace {

/// The character of four hexadecimal digits; none where these are not four.
std::optional<unsigned> code_point(std::string_view digits) {
  unsigned code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  if (error != std::errc() || end != digits.data() + 4) return std::nullopt;
  return code;
}

bool is_surrogate(unsigned code) {
  return code >= 0xD800 && code <= 0xDFFF;
}

/// Appends what an escape stands for; returns how long it is. REQUIRES: `text`, which is behind the
/// backslash, is not empty.
std::size_t append_escape(std::string& out, std::string_view text, bool pattern) {
  const char c = text.front();
  if (c == '%' || c == '_') {
    if (pattern) out += '\\';
    out += c;
    return 1;
  }
  if (c == 'u') {
    const auto code = code_point(text.substr(1, 4));
    utf8::append(out, code && !is_surrogate(*code) ? *code : 0xFFFD);
    return code ? 5 : 1;
  }
  if (pattern && c == '\\') out += '\\';
  out += escaped(c);
  return 1;
}

}  // namespace

std::string unquoted(std::string_view token, bool pattern) {
  std::string out;
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (token[i] == '\\')
      i += append_escape(out, token.substr(i + 1), pattern);
    else
      out += token[i];
  }
  return out;
}

}  // namespace flit::sim::salesforce::soql
