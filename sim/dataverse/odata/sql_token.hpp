#pragma once
/// @file Cuts a SQL statement into tokens: names, numbers, strings, marks; comments are skipped.
///
/// Beside §13: the dialect is the little that ?sql= takes (sql_query.hpp). Tokens own their text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::dataverse::odata {

struct SqlToken {
  enum class Kind : std::uint8_t {
    end,
    word,    ///< a name or key word; [name] and "name" without their marks
    number,  ///< with its sign, if it has one
    text,    ///< 'O''Hara' as O'Hara
    mark,    ///< ( ) , . * = <> < <= > >=; "!=" is given as "<>"
  };
  Kind kind = Kind::end;
  std::string text{};
  std::size_t position = 0;
  bool quoted = false;  ///< a word in marks is never a key word

  bool is_mark(std::string_view mark) const { return kind == Kind::mark && text == mark; }

  /// `word` in capitals; key words have no case.
  bool is_word(std::string_view word) const;
};

/// The last token is of kind end. Code 0x80040203 for bytes that start no token.
Result<std::vector<SqlToken>> cut_sql(std::string_view text);

/// The platform's refusal of a statement it cannot run; the text is ours [U].
Error sql_fault(std::string_view what);

}  // namespace flit::sim::dataverse::odata
