#pragma once
/// @file Cuts a decoded URL option (§13) into tokens, one at a time, without copying.
///
/// One token of look-ahead, linear time. A token is a view into the text, which must outlive the
/// lexer. Bytes that start no token are refused with the OData library's own text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/dataverse/odata/literal.hpp"

namespace flit::sim::dataverse::odata {

enum class TokenKind : std::uint8_t {
  end,
  identifier,  ///< letters, digits, '_', '.', a leading '$'; true, false and null included
  literal,     ///< number, guid, date, instant
  text,        ///< 'quoted', quotes included; "quoted" too where Strings::both
  alias,       ///< @p1
  json,        ///< {…} or […], balanced
  mark,        ///< one of ( ) , / : = ; *
};

struct Token {
  TokenKind kind = TokenKind::end;
  LiteralKind literal = LiteralKind::null;  ///< only with TokenKind::literal
  std::size_t position = 0;
  std::string_view text{};

  bool is(char mark) const { return kind == TokenKind::mark && text.front() == mark; }
  bool is(std::string_view word) const { return kind == TokenKind::identifier && text == word; }
  std::size_t end() const { return position + text.size(); }
};

class Lexer {
 public:
  /// Inside a list, platform and clients also write "double quoted" strings.
  enum class Strings : std::uint8_t { single, both };

  explicit Lexer(std::string_view text, Strings strings = Strings::single)
      : text_(text), strings_(strings) {}

  /// Makes the next token the current one.
  Result<void> advance();

  const Token& current() const { return current_; }
  std::string_view text() const { return text_; }

  Error syntax_error() const;                   ///< at the end of the current token
  Error expected(std::string_view what) const;  ///< at the start of the current token

 private:
  Result<void> take(TokenKind kind, std::size_t length, LiteralKind literal = LiteralKind::null);
  Result<void> take_quoted(std::size_t prefix);
  Result<void> take_json();
  Result<void> take_word();
  Result<void> take_number();

  std::string_view text_;
  Strings strings_;
  std::size_t next_ = 0;
  Token current_{};
};

/// The characters of a quoted token with '' made one, or JSON's escapes resolved.
std::string unquoted(std::string_view quoted);

}  // namespace flit::sim::dataverse::odata
