#include "sim/dataverse/values/read_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/decimal.hpp"
#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/values/dates.hpp"

namespace flit::sim::dataverse {
namespace {

tl::unexpected<Refusal> wrong_type(const Table& table, const Column& column, json::Value value) {
  std::string_view edm = names_of(column.type).edm;
  if (column.type == ColumnType::date_time && column.is_date_only()) edm = "Edm.Date";
  if (value.is_string() || value.is_number())
    return refuse(errors::cannot_convert_literal(
        table.entity_set, value.is_string() ? *value.as_string() : *value.as_number(), edm));
  return refuse(errors::payload(table.entity_set,
                                "A '" + std::string(json::to_string(value.kind())) +
                                    "' value was found for the property '" + column.logical_name +
                                    "' of type '" + std::string(edm) + "'."));
}

/// Lengths count UTF-16 units (§10); as many bytes are never fewer units.
bool is_too_long(std::string_view text, int max_length) {
  if (max_length <= 0 || text.size() <= static_cast<std::size_t>(max_length)) return false;
  return utf8::utf16_units(text) > static_cast<std::size_t>(max_length);
}

Answer<Cell> read_text(const Table& table, const Column& column, json::Value value) {
  if (!value.is_string()) return wrong_type(table, column, value);
  const std::string_view text = *value.as_string();
  if (is_too_long(text, column.max_length))
    return refuse(
        errors::string_too_long(table.logical_name, column.logical_name, column.max_length));
  // The platform stores an empty text as null.
  return text.empty() ? Cell::null() : Cell::of_text(text);
}

Answer<Cell> read_integer(const Table& table, const Column& column, json::Value value) {
  const auto number = value.as_integer();
  if (!number ||
      (column.type == ColumnType::integer && *number != static_cast<std::int32_t>(*number)))
    return wrong_type(table, column, value);
  if (*number < column.integer_minimum || *number > column.integer_maximum)
    return refuse(errors::integer_out_of_range());
  return Cell::integer(*number);
}

Answer<Cell> read_option(const Table& table, const Column& column, json::Value value) {
  const auto number = value.as_integer();
  if (!number || *number != static_cast<std::int32_t>(*number))
    return wrong_type(table, column, value);
  const bool open = column.options == nullptr || column.options->options.empty();
  if (!open && column.options->find(static_cast<int>(*number)) == nullptr)
    return refuse(errors::option_out_of_range(table.logical_name, column.logical_name,
                                              std::to_string(*number),
                                              column.options->accepted_values()));
  return Cell::integer(*number);
}

Answer<Cell> read_decimal(const Table& table, const Column& column, json::Value value,
                          TextArena& arena) {
  if (!value.is_number()) return wrong_type(table, column, value);
  const bool money = column.type == ColumnType::money;
  // Money keeps up to four places; the currency's own precision is applied when the row is written.
  const int places = money && column.precision_source != 0 ? 4 : column.precision;
  const auto text = canonical_decimal(*value.as_number(), places, arena);
  if (!text) return wrong_type(table, column, value);
  const double size = std::strtod(std::string(*text).c_str(), nullptr);
  if (size < column.minimum || size > column.maximum)
    return refuse(money ? errors::money_out_of_range() : errors::decimal_out_of_range());
  return Cell::decimal(*text);
}

Answer<Cell> read_floating(const Table& table, const Column& column, json::Value value) {
  const auto number = value.as_double();
  if (!number || !std::isfinite(*number)) return wrong_type(table, column, value);
  if (*number < column.minimum || *number > column.maximum)
    return refuse(errors::decimal_out_of_range());
  const double scale = std::pow(10.0, column.precision);
  return Cell::real(std::round(*number * scale) / scale);
}

Answer<Cell> read_date_time(const Table& table, const Column& column, json::Value value) {
  if (!value.is_string()) return wrong_type(table, column, value);
  if (column.is_date_only()) {
    const auto days = read_date(*value.as_string());
    if (!days) return wrong_type(table, column, value);
    if (*days < first_day) return refuse(errors::invalid_date_time());
    return Cell::date(*days);
  }
  const auto seconds = read_instant(*value.as_string());
  if (!seconds) return wrong_type(table, column, value);
  if (*seconds < first_day * seconds_per_day) return refuse(errors::invalid_date_time());
  return Cell::instant(*seconds);
}

Answer<Cell> read_uuid(const Table& table, const Column& column, json::Value value) {
  if (!value.is_string()) return wrong_type(table, column, value);
  const auto id = Uuid::parse(*value.as_string());
  if (!id) return wrong_type(table, column, value);
  return Cell::uuid(*id);
}

Answer<Cell> read_image(const Table& table, const Column& column, json::Value value) {
  if (!value.is_string() || !base64::decode(*value.as_string()))
    return wrong_type(table, column, value);
  return Cell::of_text(*value.as_string());
}

/// The common case without rounding and exponent: nothing has to be computed.
bool is_plain(std::string_view lexeme, int places) {
  const std::size_t point = lexeme.find('.');
  if (lexeme.find_first_of("eE") != std::string_view::npos) return false;
  if (point == std::string_view::npos) return lexeme.size() < 30 && lexeme != "-0";
  return lexeme.size() - point - 1 <= static_cast<std::size_t>(places) && lexeme.back() != '0';
}

}  // namespace

std::optional<std::string_view> canonical_decimal(std::string_view lexeme, int places,
                                                  TextArena& arena) {
  if (is_plain(lexeme, places)) return lexeme;
  const auto number = Decimal::parse(lexeme);
  if (!number) return std::nullopt;
  return arena.keep(number->rounded(places, RoundingMode::half_up).text(Decimal::Zeros::dropped));
}

Answer<Cell> read_multi_select(const Table& table, const Column& column, std::string_view text,
                               TextArena& arena) {
  constexpr std::size_t most = 150;  // fact sheet §10
  std::vector<int> values;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    std::string part(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    part.erase(std::remove(part.begin(), part.end(), ' '), part.end());
    char* stop = nullptr;
    const long number = std::strtol(part.c_str(), &stop, 10);
    if (part.empty() || *stop != '\0')
      return refuse(errors::cannot_convert_literal(table.entity_set, part, "Edm.Int32"));
    if (column.options && column.options->find(static_cast<int>(number)) == nullptr)
      return refuse(errors::option_out_of_range(table.logical_name, column.logical_name, part,
                                                column.options->accepted_values()));
    values.push_back(static_cast<int>(number));
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.empty()) return Cell::null();
  if (values.size() > most)
    return refuse(errors::invalid_argument("More than 150 choices are selected."));
  std::string joined;
  for (const int value : values) joined += (joined.empty() ? "" : ",") + std::to_string(value);
  return Cell::of_text(arena.keep(std::move(joined)));
}

Answer<Cell> read_value(const Table& table, const Column& column, json::Value value,
                        TextArena& arena) {
  if (value.is_null()) return Cell::null();
  switch (column.type) {
    case ColumnType::string:
    case ColumnType::memo:
    case ColumnType::entity_name:
    case ColumnType::virtual_type:
    case ColumnType::managed_property:
      return read_text(table, column, value);
    case ColumnType::integer:
    case ColumnType::big_int:
      return read_integer(table, column, value);
    case ColumnType::decimal:
    case ColumnType::money:
      return read_decimal(table, column, value, arena);
    case ColumnType::floating:
      return read_floating(table, column, value);
    case ColumnType::boolean:
      if (!value.as_boolean()) return wrong_type(table, column, value);
      return Cell::boolean(*value.as_boolean());
    case ColumnType::date_time:
      return read_date_time(table, column, value);
    case ColumnType::picklist:
    case ColumnType::state:
    case ColumnType::status:
      return read_option(table, column, value);
    case ColumnType::multi_select:
      if (!value.is_string()) return wrong_type(table, column, value);
      return read_multi_select(table, column, *value.as_string(), arena);
    case ColumnType::unique_identifier:
      return read_uuid(table, column, value);
    case ColumnType::image:
      return read_image(table, column, value);
    case ColumnType::file:
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::party_list:
      return wrong_type(table, column, value);
  }
  return Cell::null();
}

}  // namespace flit::sim::dataverse
