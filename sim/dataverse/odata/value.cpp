#include "sim/dataverse/odata/value.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "sim/dataverse/odata/collation.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::int64_t digits(std::string_view text, std::size_t from, std::size_t count) {
  return whole(text.substr(from, count)).value_or(0);
}

/// REQUIRES: date_shape(text). None when there is no such day.
std::optional<std::int64_t> days_of(std::string_view text) {
  const std::chrono::year_month_day day{
      std::chrono::year(static_cast<int>(digits(text, 0, 4))),
      std::chrono::month(static_cast<unsigned>(digits(text, 5, 2))),
      std::chrono::day(static_cast<unsigned>(digits(text, 8, 2)))};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day).time_since_epoch().count();
}

/// Text without offset is UTC; a fraction is dropped (fact sheet §10).
std::optional<std::int64_t> seconds_of(std::string_view text) {
  const auto days = days_of(text);
  if (!days) return std::nullopt;
  if (text.size() == 10) return *days * seconds_per_day;
  std::int64_t seconds = digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60;
  if (digits(text, 11, 2) > 23 || digits(text, 14, 2) > 59) return std::nullopt;
  if (text.size() >= 19 && text[16] == ':') seconds += digits(text, 17, 2);
  const std::size_t sign = text.find_first_of("+-", 16);
  if (sign != std::string_view::npos) {
    const std::int64_t offset = digits(text, sign + 1, 2) * 3600 + digits(text, sign + 4, 2) * 60;
    seconds -= text[sign] == '-' ? -offset : offset;
  }
  return *days * seconds_per_day + seconds;
}

std::optional<Decimal> decimal_of(const Value& value) {
  if (value.kind == Value::Kind::integer) return Decimal::of(value.number);
  auto decimal = Decimal::parse(value.text);
  if (!decimal) return std::nullopt;
  return *decimal;
}

double double_of(const Value& value) {
  if (value.kind == Value::Kind::integer) return static_cast<double>(value.number);
  if (value.kind == Value::Kind::floating) return value.floating;
  double number = std::nan("");
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  return number;
}

bool is_number(const Value& value) {
  return value.kind == Value::Kind::integer || value.kind == Value::Kind::decimal ||
         value.kind == Value::Kind::floating;
}

std::optional<std::weak_ordering> compare_numbers(const Value& left, const Value& right) {
  if (left.kind == Value::Kind::integer && right.kind == Value::Kind::integer)
    return left.number <=> right.number;
  if (left.kind != Value::Kind::floating && right.kind != Value::Kind::floating) {
    const auto a = decimal_of(left);
    const auto b = decimal_of(right);
    if (a && b) return *a <=> *b;
    return std::nullopt;
  }
  const auto order = double_of(left) <=> double_of(right);
  if (order < 0) return std::weak_ordering::less;
  if (order > 0) return std::weak_ordering::greater;
  if (order == 0) return std::weak_ordering::equivalent;
  return std::nullopt;
}

std::optional<Constant> integer(std::string_view text) {
  const auto number = whole(text);
  if (!number) return std::nullopt;
  return Constant(Value{.kind = Value::Kind::integer, .number = *number});
}

std::optional<Constant> exact(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return std::nullopt;
  const std::string lexeme = decimal->text();
  return Constant(Value{.kind = Value::Kind::decimal, .text = lexeme});
}

std::optional<Constant> moment(std::string_view text, Value::Kind kind) {
  const auto shape = date_shape(text);
  if (!shape || shape->length != text.size()) return std::nullopt;
  const auto number = kind == Value::Kind::date ? days_of(text) : seconds_of(text);
  if (!number) return std::nullopt;
  return Constant(Value{.kind = kind, .number = *number});
}

}  // namespace

std::string_view edm_type(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return "Edm.Boolean";
    case ValueType::integer:
      return "Edm.Int32";
    case ValueType::decimal:
      return "Edm.Decimal";
    case ValueType::floating:
      return "Edm.Double";
    case ValueType::text:
      return "Edm.String";
    case ValueType::guid:
      return "Edm.Guid";
    case ValueType::instant:
      return "Edm.DateTimeOffset";
    case ValueType::date:
      return "Edm.Date";
    case ValueType::choices:
      return "Edm.String";
    case ValueType::enumeration:
      return "Edm.Enum";
  }
  return "";
}

std::optional<std::weak_ordering> compare(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return std::nullopt;
  if (is_number(left) && is_number(right)) return compare_numbers(left, right);
  if (left.kind != right.kind) return std::nullopt;
  switch (left.kind) {
    case Value::Kind::text:
      return compare_text(left.text, right.text);
    case Value::Kind::guid:
      return left.id <=> right.id;
    case Value::Kind::boolean:
    case Value::Kind::instant:
    case Value::Kind::date:
      return left.number <=> right.number;
    case Value::Kind::null:
    case Value::Kind::integer:
    case Value::Kind::decimal:
    case Value::Kind::floating:
      break;
  }
  return std::nullopt;
}

namespace {

bool is_number(LiteralKind kind) {
  return kind == LiteralKind::integer || kind == LiteralKind::decimal;
}

bool fits(LiteralKind kind, ValueType type) {
  using Kind = LiteralKind;
  switch (type) {
    case ValueType::boolean:
      return kind == Kind::boolean;
    case ValueType::integer:
    case ValueType::decimal:
    case ValueType::floating:
      return is_number(kind);
    case ValueType::text:
    case ValueType::choices:
      return kind == Kind::text;
    case ValueType::enumeration:
      return kind == Kind::text || kind == Kind::enumeration;
    case ValueType::guid:
      // Quoted as well: PY examples/advanced/dataframe_operations.py filters live tables so.
      return kind == Kind::guid || kind == Kind::text;
    case ValueType::instant:
      return kind == Kind::instant || kind == Kind::date;
    case ValueType::date:
      return kind == Kind::date;
  }
  return false;
}

}  // namespace

std::optional<Constant> convert(const Literal& literal, ValueType type) {
  if (literal.kind == LiteralKind::null) return Constant{};
  if (!fits(literal.kind, type)) return std::nullopt;
  if (literal.kind == LiteralKind::integer) return integer(literal.text);
  if (literal.kind == LiteralKind::decimal) return exact(literal.text);
  return convert_text(literal.text, type);
}

std::optional<Constant> convert_text(std::string_view text, ValueType type) {
  switch (type) {
    case ValueType::boolean:
      if (text == "true" || text == "1")
        return Constant(Value{.kind = Value::Kind::boolean, .number = 1});
      if (text == "false" || text == "0") return Constant(Value{.kind = Value::Kind::boolean});
      return std::nullopt;
    case ValueType::integer:
      return integer(text);
    case ValueType::decimal:
    case ValueType::floating:
      return exact(text);
    case ValueType::text:
    case ValueType::choices:
    case ValueType::enumeration:
      return Constant(Value{.kind = Value::Kind::text, .text = text});
    case ValueType::guid: {
      const auto id = Uuid::parse(text);
      if (!id) return std::nullopt;
      return Constant(Value{.kind = Value::Kind::guid, .id = *id});
    }
    case ValueType::instant:
      return moment(text, Value::Kind::instant);
    case ValueType::date:
      return moment(text.substr(0, 10), Value::Kind::date);
  }
  return std::nullopt;
}

std::string instant_text(std::int64_t seconds) {
  const std::int64_t days = seconds >= 0 ? seconds / seconds_per_day
                                         : -((-seconds + seconds_per_day - 1) / seconds_per_day);
  const std::int64_t rest = seconds - days * seconds_per_day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date_text(days), rest / 3600, rest / 60 % 60,
                     rest % 60);
}

std::string date_text(std::int64_t days) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string to_text(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return {};
    case Value::Kind::boolean:
      return value.number != 0 ? "1" : "0";
    case Value::Kind::integer:
      return std::to_string(value.number);
    case Value::Kind::floating:
      return fmt::format("{}", value.floating);
    case Value::Kind::decimal:
    case Value::Kind::text:
      return std::string(value.text);
    case Value::Kind::guid:
      return value.id.text();
    case Value::Kind::instant:
      return instant_text(value.number);
    case Value::Kind::date:
      return date_text(value.number);
  }
  return {};
}

}  // namespace flit::sim::dataverse::odata
