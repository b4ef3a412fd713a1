#pragma once
/// @file Where a scalar really stands in the text of a YAML document.
///
/// yaml-cpp says where a node begins, but counts its anchor and tag as part of it, does not say
/// where it ends, places a missing value at whatever comes next, and accepts a quote that is never
/// closed. These functions look at the text itself and repair that; they decide positions, never
/// values. Only yaml_reader.cpp uses them.

#include <cstddef>
#include <optional>
#include <string_view>

namespace flit::yaml {

struct Lexeme {
  std::size_t offset = 0;
  std::size_t length =
      0;                  ///< in the first line only, when the scalar has several; 0: nothing there
  bool is_closed = true;  ///< false: a quote was opened and never closed
};

/// The offset behind anchors (&x), tags (!x), blanks and comments from `offset` on.
std::size_t skip_properties(std::string_view text, std::size_t offset);

/// The scalar of that value whose node begins at `offset`.
Lexeme scalar_lexeme(std::string_view text, std::size_t offset, std::string_view value);

/// A null whose node begins at `offset`: the word (~, null), or nothing, standing behind the last
/// character before. A word with ':' behind it is the next entry's key, and no value.
Lexeme null_value_lexeme(std::string_view text, std::size_t offset);

/// The same for a key, whose word has the ':' behind it.
Lexeme null_key_lexeme(std::string_view text, std::size_t offset);

/// Bytes up to the next blank, line end or flow indicator.
std::size_t word_length(std::string_view text, std::size_t offset);

/// A tab among the blanks between the line's start and `offset`, if nothing else stands there.
std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t offset);

/// The tab that the line of `offset` is indented with, if any.
std::optional<std::size_t> tab_at_line_start(std::string_view text, std::size_t offset);

}  // namespace flit::yaml
