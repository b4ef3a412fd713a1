#include "base/yaml_lexeme.hpp"

#include <algorithm>
#include <array>

namespace flit::yaml {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view white = " \t\r\n";

std::size_t skip(std::string_view text, std::size_t offset, std::string_view these) {
  return std::min(text.find_first_not_of(these, offset), text.size());
}

std::size_t line_end(std::string_view text, std::size_t offset) {
  return std::min(text.find_first_of("\r\n", offset), text.size());
}

/// Bytes before the first line end. Looks at `lexeme` alone, never at the rest of a long line.
std::size_t first_line(std::string_view lexeme) {
  return line_end(lexeme, 0);
}

/// Bytes from the opening quote to the closing one, both included; none if it is never closed.
std::optional<std::size_t> quoted_length(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return i + 1 - offset;
      ++i;  // '' stands for one quote
    }
  }
  return {};
}

std::size_t null_word_length(std::string_view text, std::size_t offset) {
  const std::size_t length =
      std::min(text.find_first_of(" \t\r\n,[]{}:", offset), text.size()) - offset;
  constexpr std::array<std::string_view, 4> words = {"~", "null", "Null", "NULL"};
  const bool is_word =
      std::find(words.begin(), words.end(), text.substr(offset, length)) != words.end();
  return is_word ? length : 0;
}

}  // namespace

std::size_t skip_properties(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
    offset = std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size());
    offset = skip(text, offset, white);
    while (offset < text.size() && text[offset] == '#')
      offset = skip(text, line_end(text, offset), white);
  }
  return offset;
}

Lexeme scalar_lexeme(std::string_view text, std::size_t offset, std::string_view value) {
  const std::size_t start = skip_properties(text, offset);
  if (start >= text.size()) return {std::min(offset, text.size()), 0, true};
  if (text[start] == '"' || text[start] == '\'') {
    const auto length = quoted_length(text, start);
    return {start, first_line(text.substr(start, length.value_or(1))), length.has_value()};
  }
  if (value.empty() && start != offset) return {offset, word_length(text, offset)};
  if (text.substr(start).starts_with(value)) return {start, first_line(value)};
  // a block (| or >) or a plain scalar of several lines: its first line, without what trails
  const std::string_view line = text.substr(start, line_end(text, start) - start);
  const std::size_t comment = std::min(line.find(" #"), line.size());
  const std::size_t last = line.substr(0, comment).find_last_not_of(blanks);
  return {start, last == std::string_view::npos ? 0 : last + 1};
}

Lexeme null_value_lexeme(std::string_view text, std::size_t offset) {
  const std::size_t start = skip_properties(text, offset);
  const std::size_t length = null_word_length(text, start);
  const std::size_t behind = skip(text, start + length, blanks);
  if (length > 0 && (behind == text.size() || text[behind] != ':')) return {start, length};
  if (start != offset) return {offset, word_length(text, offset)};  // nothing behind "&x" or "!x"
  const std::size_t last = text.substr(0, offset).find_last_not_of(white);
  return {last == std::string_view::npos ? 0 : last + 1, 0};
}

Lexeme null_key_lexeme(std::string_view text, std::size_t offset) {
  const std::size_t start = skip_properties(text, offset);
  return {start, null_word_length(text, start)};
}

std::size_t word_length(std::string_view text, std::size_t offset) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size());
  return end - std::min(offset, text.size());
}

std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line = before.rfind('\n') + 1;  // npos + 1 == 0
  const std::string_view indentation = before.substr(line);
  if (indentation.find_first_not_of(blanks) != std::string_view::npos) return {};
  const std::size_t tab = indentation.find('\t');
  return tab == std::string_view::npos ? std::nullopt : std::optional(line + tab);
}

std::optional<std::size_t> tab_at_line_start(std::string_view text, std::size_t offset) {
  const std::size_t line = text.substr(0, offset).rfind('\n') + 1;
  const std::size_t tab = text.find_first_not_of(' ', line);
  if (tab == std::string_view::npos || text[tab] != '\t') return {};
  return tab;
}

}  // namespace flit::yaml
