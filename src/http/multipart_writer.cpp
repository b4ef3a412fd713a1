#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/check.hpp"
#include "http/multipart.hpp"

namespace flit::http {
namespace {

bool is_boundary(std::string_view text) {  // RFC 2046, section 5.1.1
  return !text.empty() && text.size() <= 70 && std::all_of(text.begin(), text.end(), [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') ||
           std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
  });
}

/// HTML, "Multipart form data": only these three are escaped.
std::string form_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '"')
      out += "%22";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else
      out += c;
  }
  return out;
}

bool holds_line(std::string_view text, std::string_view start_of_line) {
  for (std::size_t at = text.find(start_of_line); at != std::string_view::npos;
       at = text.find(start_of_line, at + 1))
    if (at == 0 || text[at - 1] == '\n') return true;
  return false;
}

}  // namespace

MultipartWriter::MultipartWriter(std::string boundary) : boundary_(std::move(boundary)) {
  FLIT_CHECK(is_boundary(boundary_), "a boundary is 1 to 70 characters of a small set");
}

Result<void> MultipartWriter::part(const Headers& headers, std::string_view body) {
  std::string head;
  for (const Header& field : headers) head += fmt::format("{}: {}\r\n", field.name, field.value);
  const std::string marker = fmt::format("--{}", boundary_);
  const bool is_split = std::any_of(headers.begin(), headers.end(), [](const Header& field) {
    return field.name.empty() || field.name.find_first_of("\r\n:") != std::string::npos ||
           field.value.find_first_of("\r\n") != std::string::npos;
  });
  if (is_split || holds_line(body, marker))
    return Error{.fault = Fault::permanent,
                 .message = is_split ? "a header of a part would break it apart"
                                     : "the content of a part holds the boundary of the whole"};
  out_.append(marker).append("\r\n").append(head).append("\r\n").append(body).append("\r\n");
  return {};
}

Result<void> MultipartWriter::form_field(std::string_view name, std::string_view value) {
  return part({{"Content-Disposition", fmt::format("form-data; name=\"{}\"", form_name(name))}},
              value);
}

Result<void> MultipartWriter::form_file(const File& file, std::string_view content) {
  return part({{"Content-Disposition", fmt::format("form-data; name=\"{}\"; filename=\"{}\"",
                                                   form_name(file.field), form_name(file.name))},
               {"Content-Type", std::string(file.media_type)}},
              content);
}

std::string MultipartWriter::content_type(std::string_view subtype) const {
  return fmt::format("multipart/{}; boundary=\"{}\"", subtype, boundary_);
}

std::string MultipartWriter::finish() {
  out_.append("--").append(boundary_).append("--\r\n");
  return std::exchange(out_, {});
}

}  // namespace flit::http
