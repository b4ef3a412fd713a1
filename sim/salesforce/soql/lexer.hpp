#pragma once
/// @file Cuts a query into tokens, one at a time, without copying.
///
/// A token is a view into the query, which must outlive the lexer. Linear time.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/salesforce/soql/query_fault.hpp"

namespace flit::sim::salesforce::soql {

enum class TokenKind : std::uint8_t {
  end,
  name,     ///< letters, digits, '_' and '.': Account.Name, LAST_N_DAYS, SELECT
  text,     ///< 'quoted', quotes included
  number,   ///< 12, -1.5, 1e3
  date,     ///< 2026-01-31
  instant,  ///< 2026-01-31T10:15:30Z
  mark,     ///< ( ) , : = != <> < <= > >=
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text{};
  std::size_t position = 0;

  bool is_mark(std::string_view mark) const { return kind == TokenKind::mark && text == mark; }
  /// A keyword, in any case.
  bool is_word(std::string_view word) const;
};

class Lexer {
 public:
  /// Reads the first token; check error() before using it.
  explicit Lexer(std::string_view soql);

  const Token& peek() const { return token_; }
  /// The token behind peek(), without moving.
  Result<Token> peek_second() const;

  Result<Token> take();

  Place place() const { return {soql_, token_.position}; }
  Place place_of(const Token& token) const { return {soql_, token.position}; }

  /// "unexpected token: 'x'" at peek().
  Error unexpected() const;

 private:
  Result<Token> read(std::size_t from) const;
  Result<Token> read_text(std::size_t from) const;
  Token read_number(std::size_t from) const;

  std::string_view soql_;
  Token token_{};
  Result<Token> first_;
};

/// Without quotes and escapes. `pattern`: \% and \_ stay as they are, for LIKE.
std::string unquoted(std::string_view token, bool pattern);

}  // namespace flit::sim::salesforce::soql
