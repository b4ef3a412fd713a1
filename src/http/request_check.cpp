#include <algorithm>

#include <fmt/format.h>

#include "http/easy_handle.hpp"

namespace flit::http {
namespace {

bool is_token(std::string_view text) {  // RFC 9110, section 5.6.2
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    return is_letter || is_digit ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<std::string> problem_of(const Request& request) {
  if (request.url.empty()) return "it has no URL";
  if (request.source && !request.body.empty()) return "it has both a body and a source";
  for (const Header& field : request.headers) {
    if (!is_token(field.name)) return "a header name holds characters that none may hold";
    for (const std::string_view ours : {"Content-Length", "Transfer-Encoding", "Host", "Expect"})
      if (same_name(field.name, ours)) return fmt::format("the client sets {} itself", ours);
    if (field.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return fmt::format("the value of {} holds a line break", field.name);
  }
  return std::nullopt;
}

}  // namespace flit::http
