#include "base/source_text.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/utf8.hpp"

namespace flit {

SourceText::SourceText(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  FLIT_CHECK(text_.size() < std::numeric_limits<std::int32_t>::max(), "offsets are 32 bits wide");
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
}

Place SourceText::place_of(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto behind = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(std::distance(line_starts_.begin(), behind));
  const std::size_t start = line_starts_[line - 1];
  const std::string_view before = std::string_view(text_).substr(start, offset - start);
  return {line, utf8::code_points(before) + 1};
}

std::string_view SourceText::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t start = line_starts_[number - 1];
  const std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  std::string_view line = std::string_view(text_).substr(start, end - start);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::string Position::text() const {
  if (!is_known()) return {};
  if (!has_line()) return source_->name();
  const Place at = place();
  return fmt::format("{}:{}:{}", source_->name(), at.line, at.column);
}

}  // namespace flit
