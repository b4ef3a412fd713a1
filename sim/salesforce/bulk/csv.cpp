#include "sim/salesforce/bulk/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 6> delimiters{{{"BACKQUOTE", '`'},
                                                                       {"CARET", '^'},
                                                                       {"COMMA", ','},
                                                                       {"PIPE", '|'},
                                                                       {"SEMICOLON", ';'},
                                                                       {"TAB", '\t'}}};

}  // namespace

std::optional<char> delimiter_named(std::string_view name) {
  for (const auto& [text, delimiter] : delimiters)
    if (text == name) return delimiter;
  return std::nullopt;
}

std::string_view delimiter_name(char delimiter) {
  for (const auto& [text, known] : delimiters)
    if (known == delimiter) return text;
  return {};
}

bool has_line_endings(std::string_view text, LineEnding line_ending) {
  if (line_ending == LineEnding::lf) return text.find("\r\n") == std::string_view::npos;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    if (at == 0 || text[at - 1] != '\r') return false;
  return true;
}

std::vector<std::size_t> cut_rows(std::string_view text, std::size_t rows) {
  std::vector<std::size_t> starts{0};
  std::size_t count = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] != '\n' || quoted) continue;
    const bool blank = at == 0 || text[at - 1] == '\n' ||
                       (text[at - 1] == '\r' && (at == 1 || text[at - 2] == '\n'));
    if (!blank && ++count % rows == 0 && at + 1 < text.size()) starts.push_back(at + 1);
  }
  return starts;
}

CsvReader::Row CsvReader::next(std::vector<std::string_view>& cells) {
  while (at_ < text_.size() && at_line_end()) skip_line_end();
  if (at_ >= text_.size()) return Row::none;
  End end = End::cell;
  while (end == End::cell) end = cell(cells);
  if (end == End::row) return Row::read;
  skip_line();
  return Row::broken;
}

bool CsvReader::at_line_end() const {
  if (text_[at_] == '\n') return true;
  return text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
}

void CsvReader::skip_line_end() {
  at_ += text_[at_] == '\r' ? 2 : 1;
}

void CsvReader::skip_line() {
  const std::size_t end = text_.find('\n', at_);
  at_ = end == std::string_view::npos ? text_.size() : end + 1;
}

/// Behind a cell: a delimiter, a line's end or the text's.
CsvReader::End CsvReader::after_cell() {
  if (at_ >= text_.size()) return End::row;
  if (text_[at_] == format_.delimiter) {
    ++at_;
    return End::cell;
  }
  if (!at_line_end()) return End::broken;
  skip_line_end();
  return End::row;
}

CsvReader::End CsvReader::cell(std::vector<std::string_view>& cells) {
  if (at_ < text_.size() && text_[at_] == '"') return quoted(cells);
  const std::size_t start = at_;
  while (at_ < text_.size() && text_[at_] != format_.delimiter && text_[at_] != '\n') {
    if (text_[at_] == '"') {
      cells.push_back(text_.substr(start, at_ - start));
      return End::broken;
    }
    ++at_;
  }
  const bool carriage_return =
      at_ < text_.size() && text_[at_] == '\n' && at_ > start && text_[at_ - 1] == '\r';
  if (carriage_return) --at_;
  cells.push_back(text_.substr(start, at_ - start));
  return after_cell();
}

CsvReader::End CsvReader::quoted(std::vector<std::string_view>& cells) {
  const std::size_t start = ++at_;
  bool escapes = false;
  for (;;) {
    at_ = std::min(text_.find('"', at_), text_.size());
    if (at_ == text_.size()) {
      cells.push_back(text_.substr(start));
      return End::broken;
    }
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    escapes = true;
    at_ += 2;
  }
  const std::string_view raw = text_.substr(start, at_ - start);
  ++at_;
  if (!escapes) {
    cells.push_back(raw);
    return after_cell();
  }
  std::string& text = unescaped_.emplace_back();
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  cells.push_back(text);
  return after_cell();
}

void append_quoted_cell(std::string& out, std::string_view cell) {
  out += '"';
  for (std::size_t at = cell.find('"'); at != std::string_view::npos; at = cell.find('"')) {
    out += cell.substr(0, at + 1);
    out += '"';
    cell.remove_prefix(at + 1);
  }
  out += cell;
  out += '"';
}

}  // namespace flit::sim::salesforce::bulk
