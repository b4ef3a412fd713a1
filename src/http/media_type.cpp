#include "http/media_type.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "http/headers.hpp"
#include "http/multipart.hpp"

namespace flit::http {
namespace {

struct Parameter {
  std::string_view name;
  std::string value;
  bool is_whole = true;
};

/// Reads `name=value` or `name="value"` up to the next semicolon and takes it off the front.
Parameter take_parameter(std::string_view& rest) {
  const std::size_t name_end = std::min(rest.find_first_of("=;"), rest.size());
  Parameter parameter{.name = trimmed(rest.substr(0, name_end)), .value = {}};
  rest.remove_prefix(name_end);
  if (rest.empty() || rest.front() == ';') return parameter;
  rest = trimmed(rest.substr(1));
  if (rest.empty() || rest.front() != '"') {
    parameter.value = trimmed(rest.substr(0, rest.find(';')));
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    return parameter;
  }
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    parameter.value += rest[at];
  }
  parameter.is_whole = at < rest.size();
  rest.remove_prefix(std::min(rest.find(';', at), rest.size()));
  return parameter;
}

}  // namespace

std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
  std::string_view rest = header.substr(std::min(header.find(';'), header.size()));
  while (!rest.empty()) {
    rest.remove_prefix(1);  // the semicolon
    Parameter parameter = take_parameter(rest);
    if (same_name(parameter.name, name))
      return parameter.is_whole ? std::optional(std::move(parameter.value)) : std::nullopt;
  }
  return std::nullopt;
}

Result<std::string> boundary_of(std::string_view content_type) {
  const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
  auto boundary = parameter_of(content_type, "boundary");
  if (same_name(type.substr(0, 10), "multipart/") && boundary && !boundary->empty())
    return std::move(*boundary);
  return Error{.fault = Fault::permanent,
               .message = fmt::format("the content type '{}' is not multipart with a boundary",
                                      type.substr(0, 80))};
}

}  // namespace flit::http
