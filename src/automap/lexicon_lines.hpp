#pragma once
/// @file The line format that the files in lexicon/ share: one entry a line, "#" comments, "|" and
/// ";".
///
/// Used by the readers of this room only. A bad line is a Fault::setup with file and line number.

#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"

namespace flit::automap::lines {

inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

inline std::vector<std::string_view> parts(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> result;
  for (;;) {
    const std::size_t at = text.find(separator);
    result.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return result;
    text.remove_prefix(at + separator.size());
  }
}

inline std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string_view part : parts(text, " "))
    if (!part.empty()) result.emplace_back(part);
  return result;
}

inline std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

// Calls `take(fields)` for each line that is neither blank nor a comment; it answers whether the
// line is good.
template <typename Take>
Result<void> each_line(std::string_view text, std::string_view file, Take take) {
  int number = 0;
  for (const std::string_view line : parts(text, "\n")) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (!take(line))
      return Error{.fault = Fault::setup,
                   .message = fmt::format("cannot read lexicon line \"{}\"", line.substr(0, 60)),
                   .where = fmt::format("lexicon/{}:{}", file, number),
                   .remedy = "See the format in the first lines of that file."};
  }
  return {};
}

}  // namespace flit::automap::lines
