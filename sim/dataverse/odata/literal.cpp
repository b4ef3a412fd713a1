#include "sim/dataverse/odata/literal.hpp"

#include <charconv>
#include <cstddef>

namespace flit::sim::dataverse::odata {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// "dddd-dd-dd": 'd' stands for a digit, all else for itself.
bool matches(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  return true;
}

void append_quoted(std::string& out, std::string_view text) {
  out.push_back('\'');
  for (const char c : text) {
    if (c == '\'') out.push_back('\'');
    out.push_back(c);
  }
  out.push_back('\'');
}

/// Length of "Z", "+02:00" or nothing.
std::size_t offset_length(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == 'Z' || text[0] == 'z') return 1;
  return matches(text, "+dd:dd") || matches(text, "-dd:dd") ? 6 : 0;
}

}  // namespace

void append_to(std::string& out, const Literal& literal) {
  switch (literal.kind) {
    case LiteralKind::null:
      out.append("null");
      return;
    case LiteralKind::text:
      append_quoted(out, literal.text);
      return;
    case LiteralKind::enumeration:
      out.append(literal.type);
      append_quoted(out, literal.text);
      return;
    case LiteralKind::boolean:
    case LiteralKind::integer:
    case LiteralKind::decimal:
    case LiteralKind::guid:
    case LiteralKind::date:
    case LiteralKind::instant:
    case LiteralKind::json:
      out.append(literal.text);
      return;
  }
}

void append_to(std::string& out, const Argument& argument) {
  if (!argument.name.empty()) out.append(argument.name).push_back('=');
  if (argument.is_list) out.push_back('[');
  bool first = true;
  for (const Literal& value : argument.values) {
    if (!first) out.push_back(',');
    first = false;
    append_to(out, value);
  }
  if (argument.is_list) out.push_back(']');
}

std::string_view edm_type(const Literal& literal) {
  switch (literal.kind) {
    case LiteralKind::null:
      return "<null>";
    case LiteralKind::boolean:
      return "Edm.Boolean";
    case LiteralKind::decimal:
      return "Edm.Decimal";
    case LiteralKind::text:
      return "Edm.String";
    case LiteralKind::guid:
      return "Edm.Guid";
    case LiteralKind::date:
      return "Edm.Date";
    case LiteralKind::instant:
      return "Edm.DateTimeOffset";
    case LiteralKind::enumeration:
      return literal.type;
    case LiteralKind::json:
      return "Edm.Untyped";
    case LiteralKind::integer:
      break;
  }
  std::int32_t value = 0;
  const char* end = literal.text.data() + literal.text.size();
  const auto [stop, error] = std::from_chars(literal.text.data(), end, value);
  return error == std::errc() && stop == end ? "Edm.Int32" : "Edm.Int64";
}

bool starts_with_guid(std::string_view text) {
  if (text.size() < 36) return false;
  for (std::size_t i = 0; i < 36; ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

std::optional<DateShape> date_shape(std::string_view text) {
  if (!matches(text, "dddd-dd-dd")) return std::nullopt;
  if (!matches(text.substr(10), "Tdd:dd")) return DateShape{10, LiteralKind::date};
  std::size_t length = 16;
  if (matches(text.substr(length), ":dd")) {
    length += 3;
    if (matches(text.substr(length), ".d"))
      for (++length; length < text.size() && is_digit(text[length]);) ++length;
  }
  return DateShape{length + offset_length(text.substr(length)), LiteralKind::instant};
}

}  // namespace flit::sim::dataverse::odata
