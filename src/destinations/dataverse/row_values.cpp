#include "destinations/dataverse/row_values.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::Arena;
using model::Value;
using Kind = Value::Kind;

constexpr std::int64_t first_added_role = 8;  // regarding, owner: the platform's own (§12)
constexpr std::int64_t last_added_role = 9;

Error unreadable(const Column& column, json::Value cell) {
  return {.message = fmt::format("{} came as {}, not as its column's kind", column.name,
                                 json::to_string(cell.kind())),
          .where = column.name};
}

Value list_of(std::vector<std::int64_t> numbers, Arena& arena) {
  std::sort(numbers.begin(), numbers.end());
  std::vector<Value> values;
  for (const auto number : numbers) values.push_back(Value::text(std::to_string(number), arena));
  return Value::list(values, arena);
}

std::optional<std::int64_t> whole_in(std::string_view text) {
  const auto number = Decimal::parse(text::trim(text));
  return number ? number->as_integer() : std::nullopt;
}

Value choices_in(std::string_view text, Arena& arena) {
  std::vector<std::int64_t> numbers;
  for (const auto piece : text::split(text, ","))
    if (const auto number = whole_in(piece)) numbers.push_back(*number);
  return list_of(std::move(numbers), arena);
}

Result<Value> read_text(json::Value cell, const Column& column, Arena& arena) {
  const auto text = cell.as_string();
  if (!text) return unreadable(column, cell);
  if (column.form == Form::uuid) return Value::text(text::ascii_lower(*text), arena);
  if (column.form == Form::choices) return choices_in(*text, arena);
  if (column.form == Form::date) {
    FLIT_TRY(day, parse_date(text->substr(0, 10)));
    return Value::date(std::chrono::sys_days(day));
  }
  if (column.form == Form::instant) {
    FLIT_TRY(moment, parse_instant(*text));
    return Value::instant(moment);
  }
  return text->empty() ? Value::null() : Value::text(*text, arena);
}

Result<Value> read_scalar(json::Value cell, const Column& column, Arena& arena) {
  switch (column.form) {
    case Form::integer:
      if (const auto number = cell.as_integer()) return Value::integer(*number);
      return unreadable(column, cell);
    case Form::choice:
      if (const auto number = cell.as_integer()) return Value::text(std::to_string(*number), arena);
      return unreadable(column, cell);
    case Form::boolean:
      if (const auto truth = cell.as_boolean()) return Value::boolean(*truth);
      return unreadable(column, cell);
    case Form::decimal: {
      const auto lexeme = cell.as_number();
      if (!lexeme) return unreadable(column, cell);
      FLIT_TRY(number, Decimal::parse(*lexeme));
      return Value::decimal(number, arena);
    }
    default:
      return read_text(cell, column, arena);
  }
}

/// The table behind a lookup: the annotation says it, or there is only one (§4).
std::string_view target_of(json::Value row, std::string_view property, const Column& column) {
  const std::string annotation =
      std::string(property) + "@Microsoft.Dynamics.CRM.lookuplogicalname";
  if (const auto said = row[annotation].as_string()) return *said;
  return column.navigations.size() == 1 ? std::string_view(column.navigations[0].target)
                                        : std::string_view();
}

Value read_lookup(json::Value row, const Column& column, Arena& arena) {
  const std::string property = property_of(column);
  const auto id = row[property].as_string();
  if (!id) return Value::null();
  const std::string lowered = text::ascii_lower(*id);
  return Value::reference({.table = target_of(row, property, column), .id = lowered}, arena);
}

Value party_of(json::Value party, std::int64_t role, const Column& column, Arena& arena) {
  Column partyid{.name = "partyid", .form = Form::lookup, .navigations = column.navigations};
  const auto address = party["addressused"].string_or("");
  const std::array cells{Value::integer(role), read_lookup(party, partyid, arena),
                         address.empty() ? Value::null() : Value::text(address, arena)};
  return Value::list(cells, arena);
}

/// People have no order over there: by role, then by who they are.
Value in_order(std::vector<Value> people, Arena& arena) {
  std::sort(people.begin(), people.end(),
            [](const Value& a, const Value& b) { return a.display() < b.display(); });
  return Value::list(people, arena);
}

Value stored_parties(const Value& written, Arena& arena) {
  if (written.kind() != Kind::list) return written;
  const std::span<const Value> people = written.as_list();
  return in_order({people.begin(), people.end()}, arena);
}

Value read_parties(json::Value parties, const Column& column, Arena& arena) {
  std::vector<Value> people;
  for (const json::Value party : parties.elements()) {
    const auto role = party["participationtypemask"].as_integer().value_or(0);
    if (role >= first_added_role && role <= last_added_role) continue;
    people.push_back(party_of(party, role, column, arena));
  }
  return people.empty() ? Value::null() : in_order(std::move(people), arena);
}

Value stored_number(const Column& column, const Value& written, Arena& arena) {
  Decimal number;
  if (written.kind() == Kind::decimal) number = written.as_decimal();
  if (written.kind() == Kind::integer) number = Decimal::of(written.as_integer());
  if (written.kind() == Kind::text)
    if (const auto parsed = Decimal::parse(written.as_text())) number = *parsed;
  if (column.scale) number = number.rounded(*column.scale, RoundingMode::half_even);
  return Value::decimal(number, arena);
}

Value stored_whole(const Column& column, const Value& written, Arena& arena) {
  std::optional<std::int64_t> number;
  if (written.kind() == Kind::integer) number = written.as_integer();
  if (written.kind() == Kind::decimal) number = written.as_decimal().as_integer();
  if (written.kind() == Kind::boolean) number = written.as_boolean() ? 1 : 0;
  if (written.kind() == Kind::text) number = whole_in(written.as_text());
  if (!number) return written;
  return column.form == Form::choice ? Value::text(std::to_string(*number), arena)
                                     : Value::integer(*number);
}

Value stored_choices(const Column& column, const Value& written, Arena& arena) {
  std::vector<std::int64_t> numbers;
  const std::span<const Value> values =
      written.kind() == Kind::list ? written.as_list() : std::span(&written, 1);
  for (const Value& value : values) {
    const Value whole = stored_whole(column, value, arena);
    if (whole.kind() == Kind::integer) numbers.push_back(whole.as_integer());
  }
  return numbers.empty() ? Value::null() : list_of(std::move(numbers), arena);
}

Value stored_time(const Column& column, const Value& written) {
  if (column.form == Form::date && written.kind() == Kind::instant)
    return Value::date(std::chrono::floor<std::chrono::days>(written.as_instant()));
  if (column.form == Form::date && written.kind() == Kind::text) {
    const auto day = parse_date(written.as_text());
    return day ? Value::date(std::chrono::sys_days(*day)) : written;
  }
  Instant moment{};
  if (written.kind() == Kind::instant)
    moment = written.as_instant();
  else if (written.kind() == Kind::date)
    moment = written.as_date();
  else
    return written;
  return column.form == Form::date
             ? written
             : Value::instant(std::chrono::floor<std::chrono::seconds>(moment));
}

Value stored_text(const Column& column, const Value& written, Arena& arena) {
  std::string text =
      written.kind() == Kind::text ? std::string(written.as_text()) : written.display();
  if (column.form == Form::uuid) text = text::ascii_lower(text);
  return text.empty() ? Value::null() : Value::text(text, arena);
}

Value stored_reference(const Value& written, Arena& arena) {
  if (written.kind() != Kind::reference || !written.as_reference().key.empty()) return written;
  const std::string id = text::ascii_lower(written.as_reference().id);
  return Value::reference({.table = written.as_reference().table, .id = id}, arena);
}

}  // namespace

std::string property_of(const Column& column) {
  return column.form == Form::lookup ? "_" + column.name + "_value" : column.name;
}

Result<Value> read_cell(json::Value row, const Column& column, Arena& arena) {
  if (column.form == Form::lookup) return read_lookup(row, column, arena);
  const json::Value cell = row[column.name];
  if (!cell.exists() || cell.is_null()) return Value::null();
  if (column.form == Form::parties) return read_parties(cell, column, arena);
  return read_scalar(cell, column, arena);
}

Value stored(const Column& column, const Value& written, Arena& arena) {
  if (!written.has_value()) return written;
  switch (column.form) {
    case Form::decimal:
      return stored_number(column, written, arena);
    case Form::integer:
    case Form::choice:
      return stored_whole(column, written, arena);
    case Form::choices:
      return stored_choices(column, written, arena);
    case Form::date:
    case Form::instant:
      return stored_time(column, written);
    case Form::lookup:
      return stored_reference(written, arena);
    case Form::parties:
      return stored_parties(written, arena);
    case Form::boolean:
    case Form::unwritable:
      return written;
    default:
      return stored_text(column, written, arena);
  }
}

}  // namespace flit::destinations::dataverse
