#include "sim/salesforce/bulk/multipart.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

constexpr std::size_t max_parts = 1000;

Error broken(std::string message) {
  return Error{.fault = Fault::permanent,
               .message = std::move(message),
               .remedy = "Send multipart/form-data as RFC 7578 describes it."};
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

/// A parameter of a header value: name="x"; empty if it is not there.
std::string_view parameter(std::string_view value, std::string_view name) {
  bool first = true;
  while (!value.empty()) {
    std::size_t end = 0;
    bool quoted = false;
    while (end < value.size() && (value[end] != ';' || quoted)) {
      if (value[end] == '"') quoted = !quoted;
      ++end;
    }
    const std::string_view piece = text::trim(value.substr(0, end));
    value = end < value.size() ? value.substr(end + 1) : std::string_view();
    const std::size_t equals = piece.find('=');
    if (!first && equals != std::string_view::npos &&
        text::equals_ascii_fold(text::trim(piece.substr(0, equals)), name))
      return without_quotes(text::trim(piece.substr(equals + 1)));
    first = false;
  }
  return {};
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// Headers, then the content.
Result<FormPart> part_of(std::string_view text) {
  FormPart part;
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return broken("A part has a header line without a colon");
    const std::string_view name = text::trim(line.substr(0, colon));
    const std::string_view value = text::trim(line.substr(colon + 1));
    if (text::equals_ascii_fold(name, "Content-Disposition")) {
      part.name = parameter(value, "name");
      part.file_name = parameter(value, "filename");
    } else if (text::equals_ascii_fold(name, "Content-Type")) {
      part.content_type = text::trim(value.substr(0, value.find(';')));
    }
  }
  if (part.name.empty()) return broken("A part has no name");
  part.content = text;
  return part;
}

/// The text before a delimiter, without the line end that belongs to it.
std::string_view before(std::string_view body, std::size_t start, std::size_t delimiter) {
  std::size_t end = delimiter;
  if (end > start && body[end - 1] == '\n') --end;
  if (end > start && body[end - 1] == '\r') --end;
  return body.substr(start, end - start);
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  return text::equals_ascii_fold(content_type.substr(0, 10), "multipart/");
}

Result<std::vector<FormPart>> read_form(std::string_view content_type, std::string_view body) {
  const std::string_view boundary = parameter(content_type, "boundary");
  if (boundary.empty()) return broken("The Content-Type names no boundary");
  const std::string mark = "--" + std::string(boundary);
  const std::boyer_moore_horspool_searcher search(mark.begin(), mark.end());
  std::vector<FormPart> parts;
  std::optional<std::size_t> start;
  std::size_t at = 0;
  while (true) {
    const auto found =
        std::search(body.begin() + static_cast<std::ptrdiff_t>(at), body.end(), search);
    if (found == body.end()) return broken("The closing boundary is missing");
    const auto delimiter = static_cast<std::size_t>(found - body.begin());
    at = delimiter + mark.size();
    const char next = at < body.size() ? body[at] : '\n';
    const bool whole = next == '-' || next == '\r' || next == '\n' || next == ' ';
    if (!whole || (delimiter != 0 && body[delimiter - 1] != '\n')) continue;
    if (start) {
      if (parts.size() == max_parts) return broken("There are more than 1000 parts");
      FLIT_TRY(part, part_of(before(body, *start, delimiter)));
      parts.push_back(part);
    }
    if (body.substr(at, 2) == "--") return parts;
    const std::size_t line_end = body.find('\n', at);
    if (line_end == std::string_view::npos) return broken("The closing boundary is missing");
    start = line_end + 1;
    at = line_end + 1;
  }
}

const FormPart* find_part(const std::vector<FormPart>& parts, std::string_view name) {
  for (const FormPart& part : parts)
    if (part.name == name) return &part;
  return nullptr;
}

}  // namespace flit::sim::salesforce::bulk
