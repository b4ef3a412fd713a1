#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "sim/salesforce/soql/binder.hpp"

namespace flit::sim::salesforce::soql {
namespace {

bool is_id_shaped(std::string_view text) {
  return (text.size() == 15 || text.size() == 18) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

/// Exact where 18 digits hold it (§6.2), else the nearest double.
std::optional<Constant> number_of(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return std::nullopt;
  const int scale = decimal->fraction_digits();
  if (scale <= 18) {
    const auto scaled = decimal->rescaled(scale, RoundingMode::down);
    const auto whole = scaled ? scaled->scale10(scale) : scaled;
    const auto coefficient = whole ? whole->as_integer() : std::nullopt;
    if (coefficient)
      return Constant(Value::of_number(*coefficient, static_cast<std::uint8_t>(scale)));
  }
  double number = 0;
  const std::string plain = decimal->text();
  std::from_chars(plain.data(), plain.data() + plain.size(), number);
  return Constant(Value{.kind = Value::Kind::floating, .floating = number});
}

std::optional<Constant> date_of_text(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  return Constant(Value{.kind = Value::Kind::date,
                        .number = std::chrono::sys_days(*date).time_since_epoch().count()});
}

std::optional<Constant> instant_of(std::string_view text) {
  const auto instant = parse_instant(text);
  if (!instant) return std::nullopt;
  return Constant(Value{.kind = Value::Kind::instant, .number = epoch_ms(*instant)});
}

bool wants_quotes(FieldType type) {
  switch (type) {
    case FieldType::id:
    case FieldType::reference:
    case FieldType::text:
    case FieldType::picklist:
    case FieldType::multi_picklist:
      return true;
    case FieldType::boolean:
    case FieldType::integer:
    case FieldType::number:
    case FieldType::date:
    case FieldType::datetime:
    case FieldType::time:
    case FieldType::compound:
    case FieldType::blob:
      break;
  }
  return false;
}

}  // namespace

std::string_view to_string(FieldType type) {
  switch (type) {
    case FieldType::id:
      return "id";
    case FieldType::reference:
      return "reference";
    case FieldType::text:
    case FieldType::picklist:
      return "string";
    case FieldType::multi_picklist:
      return "multipicklist";
    case FieldType::boolean:
      return "boolean";
    case FieldType::integer:
      return "int";
    case FieldType::number:
      return "double";
    case FieldType::date:
      return "date";
    case FieldType::datetime:
      return "dateTime";
    case FieldType::time:
      return "time";
    case FieldType::compound:
      return "complexvalue";
    case FieldType::blob:
      return "base64";
  }
  return "";
}

Error wrong_literal(const Literal& literal, const BoundPath& path, const Scope& scope) {
  const FieldType type = path.type();
  const bool quotes = wants_quotes(type);
  return invalid_field(
      scope.place(literal.position),
      fmt::format("value of filter criterion for field '{}' must be of type {} and should {}be "
                  "enclosed in quotes",
                  path.field.name, quotes ? "string" : to_string(type), quotes ? "" : "not "));
}

namespace {

/// The empty text stands for null.
Result<Constant> id_of(const Literal& literal, const Scope& scope) {
  if (literal.text.empty()) return Constant{};
  if (!is_id_shaped(literal.text))
    return query_fault("INVALID_QUERY_FILTER_OPERATOR", scope.place(literal.position),
                       "invalid ID field: " + literal.text);
  return Constant(Value::of_id(literal.text));
}

}  // namespace

Result<Constant> bind_literal(const Literal& literal, const BoundPath& path, const Scope& scope) {
  using Kind = Literal::Kind;
  if (literal.kind == Kind::null) return Constant{};
  std::optional<Constant> value;
  switch (path.type()) {
    case FieldType::id:
    case FieldType::reference:
      if (literal.kind != Kind::text) break;
      return id_of(literal, scope);
    case FieldType::text:
    case FieldType::picklist:
    case FieldType::multi_picklist:
      if (literal.kind != Kind::text) break;
      if (literal.text.empty()) return Constant{};
      return Constant(Value::of_text(literal.text));
    case FieldType::boolean:
      if (literal.kind == Kind::boolean) value = Constant(Value::of_boolean(literal.number != 0));
      break;
    case FieldType::integer:
    case FieldType::number:
      if (literal.kind == Kind::number) value = number_of(literal.text);
      break;
    case FieldType::date:
      if (literal.kind == Kind::date) value = date_of_text(literal.text);
      break;
    case FieldType::datetime:
      if (literal.kind == Kind::instant) value = instant_of(literal.text);
      break;
    case FieldType::time:
    case FieldType::compound:
    case FieldType::blob:
      break;
  }
  if (!value) return wrong_literal(literal, path, scope);
  return *value;
}

}  // namespace flit::sim::salesforce::soql
