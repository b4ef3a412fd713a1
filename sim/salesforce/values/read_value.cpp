#include "sim/salesforce/values/read_value.hpp"

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/values/read_number.hpp"

namespace flit::sim::salesforce {
namespace {

bool needs_line_ends(std::string_view text) {
  return text.find('\r') != std::string_view::npos;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

bool fits(std::string_view text, int length) {
  const auto most = static_cast<std::size_t>(length);
  return text.size() <= most || utf8::code_points(text) <= most;
}

/// One "@" with something before it and a dotted name behind it; no blanks.
bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
    return false;
  const std::string_view host = text.substr(at + 1);
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && host.back() != '.' &&
         text.find_first_of(" \t\n,;<>()") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && static_cast<signed char>(c) > 0; };
  if (!text.empty() && plain(text.front()) && plain(text.back())) return text;
  return text::trim(text);
}

Answer<Cell> read_plain_text(const Field& field, std::string_view sent, Scratch& scratch) {
  std::string_view text = trimmed(sent);
  if (needs_line_ends(text)) text = scratch.keep(with_plain_line_ends(text));
  if (text.empty()) return Cell{};
  if (field.length > 0 && field.type != FieldType::multipicklist && !fits(text, field.length))
    return refuse(errors::too_long(field, text));
  if (field.type == FieldType::email && !is_email(text))
    return refuse(errors::bad_email(field, text));
  return Cell::of_text(text);
}

bool two_digits(std::string_view text, std::size_t at, int& value) {
  if (at + 1 >= text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' ||
      text[at + 1] > '9')
    return false;
  value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return true;
}

std::optional<Cell> date_of_text(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  return Cell::date(std::chrono::sys_days{*date}.time_since_epoch().count());
}

/// A moment; a plain date counts as its midnight (§3 lists both forms, [K]).
std::optional<Cell> moment_of_text(std::string_view text) {
  if (const auto instant = parse_instant(text)) return Cell::datetime(epoch_ms(*instant));
  if (const auto date = date_of_text(text)) return Cell::datetime(date->number * 86'400'000);
  return std::nullopt;
}

/// "10:15:30.000Z", the zone and the decimals may be missing.
std::optional<Cell> time_of_text(std::string_view text) {
  int hour = 0, minute = 0, second = 0;
  if (text.size() < 8 || text[2] != ':' || text[5] != ':' || !two_digits(text, 0, hour) ||
      !two_digits(text, 3, minute) || !two_digits(text, 6, second) || hour > 23 || minute > 59 ||
      second > 59)
    return std::nullopt;
  std::string_view rest = text.substr(8);
  int ms = 0;
  if (rest.starts_with('.')) {
    int place = 100;
    rest.remove_prefix(1);
    for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1), place /= 10)
      ms += (rest[0] - '0') * place;
  }
  if (!rest.empty() && rest != "Z") return std::nullopt;
  return Cell::time(((hour * 60LL + minute) * 60 + second) * 1000 + ms);
}

std::optional<Cell> boolean_of_text(std::string_view text) {
  if (text::equals_ascii_fold(text, "true") || text == "1" || text::equals_ascii_fold(text, "yes"))
    return Cell::boolean(true);
  if (text::equals_ascii_fold(text, "false") || text == "0" || text::equals_ascii_fold(text, "no"))
    return Cell::boolean(false);
  return std::nullopt;
}

Answer<Cell> read_id(const Field& field, std::string_view text) {
  const auto id = RecordId::parse(text);
  if (!id) return refuse(errors::bad_id(field, text));
  return Cell::of_id(*id);
}

/// What is not text, number or id.
std::optional<Cell> parse_other(const Field& field, std::string_view text) {
  switch (field.type) {
    case FieldType::boolean:
      return boolean_of_text(text);
    case FieldType::date:
      return date_of_text(text);
    case FieldType::datetime:
      return moment_of_text(text);
    case FieldType::time:
      return time_of_text(text);
    default:
      return std::nullopt;
  }
}

}  // namespace

Answer<Cell> read_text(const Field& field, std::string_view text, Scratch& scratch) {
  if (is_text(field.type)) return read_plain_text(field, text, scratch);
  if (text.empty()) return Cell{};
  if (field.type == FieldType::id || field.type == FieldType::reference)
    return read_id(field, text);
  if (is_number(field.type)) return read_number(field, text);
  if (field.type == FieldType::base64) {
    auto bytes = base64::decode(text);
    if (!bytes) return refuse(errors::wrong_type(field, "not base64"));
    return Cell{.kind = CellKind::blob, .number = -1, .text = scratch.keep(std::move(*bytes))};
  }
  const auto cell = parse_other(field, text);
  return cell ? Answer<Cell>(*cell) : refuse(errors::wrong_type(field, text));
}

namespace {

Answer<Cell> read_flag(const Field& field, bool flag, Scratch& scratch) {
  const std::string_view word = flag ? "true" : "false";
  if (field.type == FieldType::boolean) return Cell::boolean(flag);
  if (is_text(field.type)) return read_text(field, word, scratch);
  return refuse(errors::cannot_deserialize(field, flag ? "VALUE_TRUE" : "VALUE_FALSE", word));
}

}  // namespace

Answer<Cell> read_json(const Field& field, json::Value value, Scratch& scratch) {
  if (value.is_null()) return Cell{};
  if (const auto text = value.as_string()) {
    auto cell = read_text(field, *text, scratch);
    if (!cell && cell.error().code == "INVALID_TYPE_ON_FIELD_IN_RECORD")
      return refuse(errors::cannot_deserialize(field, "VALUE_STRING", *text));
    return cell;
  }
  if (const auto number = value.as_number()) {
    if (is_number(field.type)) return read_number(field, *number);
    if (is_text(field.type)) return read_text(field, *number, scratch);
    return refuse(errors::cannot_deserialize(field, "VALUE_NUMBER", *number));
  }
  if (const auto flag = value.as_boolean()) return read_flag(field, *flag, scratch);
  return refuse(errors::cannot_deserialize(
      field, value.is_object() ? "START_OBJECT" : "START_ARRAY", value.is_object() ? "{" : "["));
}

}  // namespace flit::sim::salesforce
