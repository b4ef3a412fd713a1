#include "http/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace flit::http {
namespace {

Error error(std::string_view message) {
  return {.fault = Fault::permanent, .message = fmt::format("embedded HTTP: {}", message)};
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes one line off the front; the last one may lack its line end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// "HTTP/1.1 204 No Content" → 204.
std::optional<int> status_of(std::string_view line) {
  if (line.rfind("HTTP/", 0) != 0) return std::nullopt;
  line.remove_prefix(std::min(line.find(' '), line.size()));
  line = trimmed(line);
  const auto status = number_of<int>(line.substr(0, line.find(' ')));
  return status && *status >= 100 && *status <= 599 ? status : std::nullopt;
}

}  // namespace

Result<std::string> write_embedded(const EmbeddedRequest& request) {
  const bool is_broken =
      request.target.empty() || request.target.find_first_of(" \r\n") != std::string::npos ||
      std::any_of(request.headers.begin(), request.headers.end(), [](const Header& field) {
        return field.name.find_first_of(":\r\n ") != std::string::npos ||
               field.value.find_first_of("\r\n") != std::string::npos;
      });
  if (is_broken) return error("a target or header that would break the request apart");
  std::string out = fmt::format("{} {} HTTP/1.1\r\n", to_string(request.method), request.target);
  for (const Header& field : request.headers)
    out += fmt::format("{}: {}\r\n", field.name, field.value);
  return out.append("\r\n").append(request.body);
}

Result<Response> parse_embedded_response(std::string_view text) {
  Response response;
  const auto status = status_of(take_line(text));
  if (!status) return error("no status line");
  response.status = *status;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (!response.headers.add_line(line)) return error("a header line that is none");
  }
  if (response.status == 204 || response.status == 304) return response;
  if (const auto announced = response.headers.find("Content-Length")) {
    const auto length = number_of<std::size_t>(*announced);
    if (!length) return error("a Content-Length that is no number");
    if (*length > text.size())
      return error(fmt::format("{} bytes announced, {} came", *length, text.size()));
    text = text.substr(0, *length);
  }
  response.body.reserve(text.size() + body_padding);
  response.body.assign(text);
  return response;
}

}  // namespace flit::http
