#include "destinations/dataverse/row_json.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "base/encoding.hpp"
#include "base/excerpt.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::Value;
using model::Verb;
using Kind = Value::Kind;

Error unfit(const Column& column, const Value& value, std::string_view expected) {
  return {.message =
              fmt::format("{} takes {}, found {}", column.name, expected, excerpt(value.display())),
          .where = column.name,
          .remedy = "convert the value in the map"};
}

/// What a whole number or a number's text says.
Result<Decimal> number_of(const Column& column, const Value& value) {
  if (value.kind() == Kind::integer) return Decimal::of(value.as_integer());
  if (value.kind() == Kind::decimal) return value.as_decimal();
  if (value.kind() == Kind::text)
    if (auto number = Decimal::parse(value.as_text())) return *number;
  return unfit(column, value, "a number");
}

/// Choices are texts of digits: read without the arithmetic of decimals.
std::optional<std::int64_t> digits_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

Result<std::int64_t> whole_of(const Column& column, const Value& value) {
  if (value.kind() == Kind::boolean) return value.as_boolean() ? 1 : 0;
  if (value.kind() == Kind::integer) return value.as_integer();
  if (value.kind() == Kind::text)
    if (const auto number = digits_in(value.as_text())) return *number;
  FLIT_TRY(number, number_of(column, value));
  if (const auto whole = number.as_integer()) return *whole;
  return unfit(column, value, "a whole number");
}

Result<bool> truth_of(const Column& column, const Value& value) {
  if (value.kind() == Kind::boolean) return value.as_boolean();
  if (value.kind() == Kind::text && (value.as_text() == "true" || value.as_text() == "false"))
    return value.as_text() == "true";
  if (const auto number = whole_of(column, value); number && (*number == 0 || *number == 1))
    return *number == 1;
  return unfit(column, value, "true or false");
}

Result<std::string> day_of(const Column& column, const Value& value) {
  if (value.kind() == Kind::date) return format_date(Date(value.as_date()));
  if (value.kind() == Kind::instant) return format_date(utc_date_of(value.as_instant()));
  if (value.kind() == Kind::text && parse_date(value.as_text()))
    return std::string(value.as_text());
  return unfit(column, value, "a date");
}

Result<std::string> moment_of(const Column& column, const Value& value) {
  if (value.kind() == Kind::instant) return format_instant(value.as_instant());
  if (value.kind() == Kind::date) return format_date(Date(value.as_date())) + "T00:00:00Z";
  if (value.kind() == Kind::text)
    if (const auto moment = parse_instant(value.as_text())) return format_instant(*moment);
  return unfit(column, value, "a moment");
}

/// "1,9" (§10, MultiSelectPicklist).
Result<std::string> choices_of(const Column& column, const Value& value) {
  if (value.kind() != Kind::list) {
    FLIT_TRY(only, whole_of(column, value));
    return std::to_string(only);
  }
  std::string joined;
  for (const Value& choice : value.as_list()) {
    FLIT_TRY(number, whole_of(column, choice));
    joined += (joined.empty() ? "" : ",") + std::to_string(number);
  }
  return joined;
}

Result<void> append_lookup(json::Writer& out, const Column& column, const Value& value) {
  if (value.is_null()) {
    // Any one way that is set to null empties the column (§4).
    if (!column.navigations.empty()) out.key(column.navigations[0].name + "@odata.bind").null();
    return {};
  }
  if (value.kind() != Kind::reference) return unfit(column, value, "a reference to a row");
  const model::Reference& target = value.as_reference();
  FLIT_TRY(bind, bind_of(column, target));
  out.member(column.navigation_to(target.table)->name + "@odata.bind", bind);
  return {};
}

/// {role, reference or null, address or null} (§12, activities).
Result<void> append_party(json::Writer& out, const Column& column, const Value& party) {
  if (party.kind() != Kind::list || party.as_list().size() != 3)
    return unfit(column, party, "people as {role, reference, address}");
  const auto cells = party.as_list();
  FLIT_TRY(role, whole_of(column, cells[0]));
  out.begin_object().member("participationtypemask", role);
  if (cells[1].has_value()) FLIT_TRY_VOID(append_lookup(out, column, cells[1]));
  if (cells[2].kind() == Kind::text) out.member("addressused", cells[2].as_text());
  out.end_object();
  return {};
}

Result<void> append_parties(json::Writer& out, const Column& column, const Value& value) {
  if (value.is_null()) return {};
  if (value.kind() != Kind::list) return unfit(column, value, "a list of people");
  out.key(column.name).begin_array();
  for (const Value& party : value.as_list()) FLIT_TRY_VOID(append_party(out, column, party));
  out.end_array();
  return {};
}

Result<void> append_scalar(json::Writer& out, const Column& column, const Value& value) {
  switch (column.form) {
    case Form::integer:
    case Form::choice: {
      FLIT_TRY(whole, whole_of(column, value));
      out.member(column.name, whole);
      return {};
    }
    case Form::decimal: {
      FLIT_TRY(number, number_of(column, value));
      out.key(column.name).number(number.text());
      return {};
    }
    case Form::boolean: {
      FLIT_TRY(truth, truth_of(column, value));
      out.member(column.name, truth);
      return {};
    }
    case Form::date: {
      FLIT_TRY(day, day_of(column, value));
      out.member(column.name, day);
      return {};
    }
    case Form::instant: {
      FLIT_TRY(moment, moment_of(column, value));
      out.member(column.name, moment);
      return {};
    }
    case Form::choices: {
      FLIT_TRY(list, choices_of(column, value));
      out.member(column.name, list);
      return {};
    }
    default:
      if (value.kind() == Kind::text || value.kind() == Kind::json)
        out.member(column.name, value.as_text());
      else
        out.member(column.name, value.display());
      return {};
  }
}

Result<void> append_cell(json::Writer& out, const Column& column, const Value& value) {
  if (column.form == Form::unwritable)
    return Error{.message = fmt::format("{} is not written with the row", column.name),
                 .where = column.name};
  if (column.form == Form::lookup) return append_lookup(out, column, value);
  if (column.form == Form::parties) return append_parties(out, column, value);
  if (value.is_null()) {
    out.key(column.name).null();
    return {};
  }
  return append_scalar(out, column, value);
}

/// The platform drops what it does not take at that moment without a word (§3): a loss that nobody
/// would see, so it is refused here.
Result<void> check_writable(const Column& column, Verb verb) {
  const bool fits =
      verb == Verb::create || verb == Verb::upsert ? column.creatable : column.updatable;
  if (fits && !(column.form == Form::parties && verb != Verb::create)) return {};
  const char* when = verb == Verb::create || verb == Verb::upsert ? "at creation" : "by an update";
  return Error{.message = fmt::format("{} cannot be written {}: the platform would drop it "
                                      "without an error",
                                      column.name, when),
               .where = column.name,
               .remedy = "write it with another step, or leave it out of the map"};
}

/// A key value in an address: numbers bare, text quoted with '' inside (§5).
Result<std::string> key_address(const model::Reference& reference) {
  for (const char c : reference.id)
    if (std::string_view("/<>*%&:\\?+").find(c) != std::string_view::npos)
      return Error{.message = fmt::format("a key value with '{}' cannot be used in an address", c),
                   .where = std::string(reference.key),
                   .remedy = "give the key column a safe alphabet"};
  const std::string quoted = text::replace_all(reference.id, "'", "''");
  return fmt::format("{}='{}'", reference.key, percent::encode(quoted));
}

}  // namespace

Result<RowPlan> RowPlan::compile(const Table& table, std::span<const std::string> columns) {
  RowPlan plan(table);
  for (const std::string& name : columns) {
    FLIT_TRY(column, table.column(name));
    plan.columns_.push_back(column);
  }
  return plan;
}

Result<void> RowPlan::append(json::Writer& out, std::span<const Value> cells, Verb verb) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Value& value = cells[i];
    if (value.is_absent()) continue;
    const Column& column = *columns_[i];
    FLIT_TRY_VOID(check_writable(column, verb));
    FLIT_TRY_VOID(append_cell(out, column, value));
  }
  return {};
}

Result<std::string> address_of(std::string_view set, const model::Reference& reference) {
  if (!reference.key.empty()) {
    FLIT_TRY(key, key_address(reference));
    return fmt::format("{}({})", set, key);
  }
  const auto id = Uuid::parse(reference.id);
  if (!id)
    return Error{.message = fmt::format("{} is no id of a row", excerpt(reference.id)),
                 .where = std::string(reference.table)};
  return fmt::format("{}({})", set, id->text());
}

Result<std::string> bind_of(const Column& column, const model::Reference& reference) {
  const Navigation* way = column.navigation_to(reference.table);
  if (way == nullptr || way->set.empty())
    return Error{.message = fmt::format("{} cannot refer to a row of {}", column.name,
                                        excerpt(reference.table)),
                 .where = column.name,
                 .remedy = "map the reference to a table that the lookup takes"};
  FLIT_TRY(address, address_of(way->set, reference));
  return "/" + address;
}

}  // namespace flit::destinations::dataverse
