#include "sim/dataverse/odata/lexer.hpp"

#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c);
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Length of the text from an opening quote to its closing one, '' skipped; npos if it never ends.
std::size_t quoted_length(std::string_view text, char quote) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != quote) continue;
    if (i + 1 < text.size() && text[i + 1] == quote) {
      ++i;
      continue;
    }
    return i + 1;
  }
  return std::string_view::npos;
}

/// The same for a JSON string, where a backslash escapes.
std::size_t json_string_length(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      return i + 1;
  }
  return std::string_view::npos;
}

std::size_t any_string_length(std::string_view text) {
  return text.front() == '"' ? json_string_length(text) : quoted_length(text, text.front());
}

std::string json_unquoted(std::string_view quoted) {
  const auto document = json::parse(quoted);
  const auto text = document ? document->root().as_string() : std::nullopt;
  return std::string(text ? *text : quoted.substr(1, quoted.size() - 2));
}

Error unterminated(std::size_t position, std::string_view text) {
  return uri_fault(fmt::format("There is an unterminated string literal at position {} in '{}'.",
                               position, text));
}

}  // namespace

Result<void> Lexer::advance() {
  while (next_ < text_.size() && is_space(text_[next_])) ++next_;
  if (next_ == text_.size()) return take(TokenKind::end, 0);
  const std::string_view rest = text_.substr(next_);
  const char c = rest.front();
  if (starts_with_guid(rest) && (rest.size() == 36 || !is_word(rest[36])))
    return take(TokenKind::literal, 36, LiteralKind::guid);
  if (is_letter(c) || c == '$') return take_word();
  if (is_digit(c) || (c == '-' && rest.size() > 1 && is_digit(rest[1]))) return take_number();
  switch (c) {
    case '\'':
      return take_quoted(0);
    case '"':
      if (strings_ == Strings::both) return take_quoted(0);
      break;
    case '{':
    case '[':
      return take_json();
    case '@': {
      std::size_t length = 1;
      while (length < rest.size() && is_word(rest[length])) ++length;
      if (length > 1) return take(TokenKind::alias, length);
      break;
    }
    case '(':
    case ')':
    case ',':
    case '/':
    case ':':
    case '=':
    case ';':
    case '*':
      return take(TokenKind::mark, 1);
    default:
      break;
  }
  return uri_fault(fmt::format("Syntax error: character '{}' is not valid at position {} in '{}'.",
                               rest.substr(0, 1), next_, text_));
}

Result<void> Lexer::take(TokenKind kind, std::size_t length, LiteralKind literal) {
  current_ = Token{kind, literal, next_, text_.substr(next_, length)};
  next_ += length;
  return {};
}

Result<void> Lexer::take_quoted(std::size_t prefix) {
  const std::size_t length = any_string_length(text_.substr(next_ + prefix));
  if (length == std::string_view::npos) return unterminated(text_.size(), text_);
  return prefix == 0 ? take(TokenKind::text, length)
                     : take(TokenKind::literal, prefix + length, LiteralKind::enumeration);
}

Result<void> Lexer::take_json() {
  int depth = 0;
  for (std::size_t i = next_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '\'' || c == '"') {
      const std::size_t length = any_string_length(text_.substr(i));
      if (length == std::string_view::npos) return unterminated(text_.size(), text_);
      i += length - 1;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return take(TokenKind::json, i + 1 - next_);
    }
  }
  return expected_fault(text_[next_] == '{' ? "'}'" : "']'", text_.size(), text_);
}

Result<void> Lexer::take_word() {
  std::size_t end = next_ + 1;
  while (end < text_.size() && (is_word(text_[end]) || text_[end] == '.')) ++end;
  // Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned': a qualified name glued to a string.
  const bool qualified = text_.substr(next_, end - next_).find('.') != std::string_view::npos;
  if (qualified && end < text_.size() && text_[end] == '\'') return take_quoted(end - next_);
  return take(TokenKind::identifier, end - next_);
}

Result<void> Lexer::take_number() {
  const std::string_view rest = text_.substr(next_);
  if (const auto date = date_shape(rest)) return take(TokenKind::literal, date->length, date->kind);
  std::size_t end = 1;
  const auto digits = [&] {
    while (end < rest.size() && is_digit(rest[end])) ++end;
  };
  digits();
  LiteralKind kind = LiteralKind::integer;
  if (end + 1 < rest.size() && rest[end] == '.' && is_digit(rest[end + 1])) {
    kind = LiteralKind::decimal;
    ++end;
    digits();
  }
  if (end + 1 < rest.size() && (rest[end] == 'e' || rest[end] == 'E')) {
    const bool sign = rest[end + 1] == '-' || rest[end + 1] == '+';
    if (end + 1 + sign < rest.size() && is_digit(rest[end + 1 + sign])) {
      kind = LiteralKind::decimal;
      end += 1U + sign;
      digits();
    }
  }
  return take(TokenKind::literal, end, kind);
}

Error Lexer::syntax_error() const {
  return syntax_fault(current_.end(), text_);
}

Error Lexer::expected(std::string_view what) const {
  return expected_fault(what, current_.position, text_);
}

std::string unquoted(std::string_view quoted) {
  if (quoted.front() == '"') return json_unquoted(quoted);
  std::string out;
  out.reserve(quoted.size());
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    out.push_back(quoted[i]);
    if (quoted[i] == quoted.front()) ++i;
  }
  return out;
}

}  // namespace flit::sim::dataverse::odata
