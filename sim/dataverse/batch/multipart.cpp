#include "sim/dataverse/batch/multipart.hpp"

#include <cstring>
#include <string>
#include <utility>

namespace flit::sim::dataverse::batch {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// string_view::find compares at every '-', of which bodies full of guids have plenty; memmem is
/// linear and several times as fast.
std::size_t find_from(std::string_view text, std::string_view what, std::size_t from) {
  // Also keeps the null pointer of an empty view away from memmem.
  if (from > text.size() || text.size() - from < what.size()) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, what.data(), what.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

struct Delimiter {
  std::size_t begin = 0;  ///< where the part before it ends, its line end excluded
  std::size_t end = 0;    ///< where the part behind it starts
  bool closing = false;
};

/// The delimiter line that starts at `at`, where the text says "--boundary"; none if it is not one
/// (not at a line's start, or only the beginning of a longer boundary).
std::optional<Delimiter> delimiter_at(std::string_view text, std::size_t at, std::size_t length) {
  if (at > 0 && text[at - 1] != '\n') return std::nullopt;
  Delimiter delimiter{.begin = at};
  if (delimiter.begin > 0) --delimiter.begin;
  if (delimiter.begin > 0 && text[delimiter.begin - 1] == '\r') --delimiter.begin;
  std::size_t end = at + length;
  delimiter.closing = text.substr(end, 2) == "--";
  if (delimiter.closing) end += 2;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  if (end < text.size() && text[end] == '\r') ++end;
  if (end < text.size() && text[end] != '\n') {
    // Whatever follows "--boundary--" on its line is epilogue.
    if (!delimiter.closing) return std::nullopt;
  }
  delimiter.end = end < text.size() ? end + 1 : end;
  return delimiter;
}

}  // namespace

Error batch_fault(std::string message) {
  return Error{
      .fault = Fault::permanent, .message = std::move(message), .code = std::string("0x80060888")};
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (lower(left[i]) != lower(right[i])) return false;
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::string_view media_type(std::string_view content_type) {
  return trimmed(content_type.substr(0, content_type.find(';')));
}

std::optional<std::string_view> boundary_of(std::string_view content_type) {
  constexpr std::string_view name = "boundary=";
  while (!content_type.empty()) {
    const std::size_t semicolon = content_type.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    content_type = trimmed(content_type.substr(semicolon + 1));
    if (!equal_ignoring_case(content_type.substr(0, name.size()), name)) continue;
    std::string_view value = content_type.substr(name.size());
    if (!value.empty() && value.front() == '"') {
      value.remove_prefix(1);
      value = value.substr(0, value.find('"'));
    } else {
      value = trimmed(value.substr(0, value.find(';')));
    }
    if (value.empty()) return std::nullopt;
    return value;
  }
  return std::nullopt;
}

Result<std::vector<std::string_view>> split_parts(std::string_view text, std::string_view boundary,
                                                  std::size_t limit) {
  const std::string mark = "--" + std::string(boundary);
  std::vector<std::string_view> parts;
  std::optional<std::size_t> start;  // of the part that is being read
  for (std::size_t at = find_from(text, mark, 0); at != std::string_view::npos;
       at = find_from(text, mark, at + 1)) {
    const auto delimiter = delimiter_at(text, at, mark.size());
    if (!delimiter) continue;
    if (start) {
      if (parts.size() == limit)
        return batch_fault(
            "The current batch message contains too many parts. Only batch messages with a maximum "
            "number of '" +
            std::to_string(limit) + "' query operations and change sets are allowed.");
      parts.push_back(
          text.substr(*start, delimiter->begin > *start ? delimiter->begin - *start : 0));
    }
    if (delimiter->closing) return parts;
    start = delimiter->end;
    at = delimiter->end > at ? delimiter->end - 1 : at;
  }
  return batch_fault("Stream was read to its end before the closing boundary '" + mark +
                     "--' was found.");
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

Result<std::vector<HeaderField>> take_headers(std::string_view& text) {
  std::vector<HeaderField> headers;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
      return batch_fault("The message header '" + std::string(line) +
                         "' is invalid. The header value must be of the format "
                         "'<header name>: <header value>'.");
    headers.push_back({trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))});
  }
  return headers;
}

std::optional<std::string_view> find(const std::vector<HeaderField>& headers,
                                     std::string_view name) {
  for (const HeaderField& field : headers)
    if (equal_ignoring_case(field.name, name)) return field.value;
  return std::nullopt;
}

}  // namespace flit::sim::dataverse::batch
