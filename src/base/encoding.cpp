#include "base/encoding.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/detail/hex_table.hpp"
#include "base/excerpt.hpp"

namespace flit {

using detail::hex_value;
using detail::not_hex;

namespace hex {

std::string encode(std::string_view bytes) {
  std::string out(bytes.size() * 2, '\0');
  char* to = out.data();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *to++ = detail::lower_hex[byte >> 4];
    *to++ = detail::lower_hex[byte & 0xFU];
  }
  return out;
}

Result<std::string> decode(std::string_view text) {
  if (text.size() % 2 != 0)
    return Error{.message = fmt::format("found {} hexadecimal digits, expected an even number",
                                        text.size())};
  std::string out(text.size() / 2, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t digit = hex_value(text[i]);
    if (digit == not_hex)
      return Error{.message = fmt::format("found {} at byte {}, expected a hexadecimal digit",
                                          excerpt(text.substr(i)), i)};
    out[i / 2] = static_cast<char>(static_cast<unsigned char>(out[i / 2]) << 4 | digit);
  }
  return out;
}

}  // namespace hex

namespace percent {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

void append_encoded(std::string& out, std::string_view component) {
  for (const char c : component) {
    if (is_unreserved(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', detail::upper_hex[byte >> 4], detail::upper_hex[byte & 0xFU]});
  }
}

std::string encode(std::string_view component) {
  std::string out;
  out.reserve(component.size());
  append_encoded(out, component);
  return out;
}

Result<std::string> decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const std::uint8_t high = i + 2 < text.size() ? hex_value(text[i + 1]) : not_hex;
    const std::uint8_t low = i + 2 < text.size() ? hex_value(text[i + 2]) : not_hex;
    if (high == not_hex || low == not_hex)
      return Error{.message =
                       fmt::format("found {} at byte {}, expected % and two hexadecimal digits",
                                   excerpt(text.substr(i, 3)), i)};
    out.push_back(static_cast<char>(high << 4 | low));
    i += 2;
  }
  return out;
}

}  // namespace percent

namespace form {
namespace {

/// What stands before and behind the first `separator`; all and nothing where there is none.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

Result<std::string> decode_part(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent::decode(spaced);
}

}  // namespace

Result<Fields> parse(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const auto [part, rest] = cut(text, '&');
    text = rest;
    if (part.empty()) continue;
    const auto [raw_name, raw_value] = cut(part, '=');
    FLIT_TRY(name, decode_part(raw_name));
    FLIT_TRY(value, decode_part(raw_value));
    fields.push_back({std::move(name), std::move(value)});
  }
  return fields;
}

std::string encode(const Fields& fields) {
  std::string out;
  for (const Field& field : fields) {
    if (!out.empty()) out.push_back('&');
    percent::append_encoded(out, field.name);  // a space as %20 is read alike everywhere
    out.push_back('=');
    percent::append_encoded(out, field.value);
  }
  return out;
}

const std::string* find(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &found->value;
}

}  // namespace form
}  // namespace flit
