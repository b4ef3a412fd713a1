#include "sim/salesforce/soql/path.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::sim::salesforce::soql {
namespace {

/// Fields of the object "Name", which is all that a polymorphic lookup shows without TYPEOF.
constexpr std::array<std::string_view, 14> name_fields{
    "Alias", "Email", "FirstName", "Id",       "IsActive",   "LastName", "Name",
    "Phone", "Title", "ProfileId", "Username", "UserRoleId", "Type",     "RecordTypeId"};

bool is_name_field(std::string_view name) {
  return std::any_of(name_fields.begin(), name_fields.end(),
                     [&](std::string_view known) { return equal_without_case(known, name); });
}

const Alternative* chosen(const std::vector<Alternative>& alternatives, const ObjectView* object) {
  for (const Alternative& alternative : alternatives)
    if (alternative.object == object) return &alternative;
  return nullptr;
}

/// Without what names the object itself: "c.Name", "Account.Name" of Account.
std::vector<std::string_view> parts_of(std::string_view path, const Scope& scope) {
  auto parts = text::split(path, ".");
  if (parts.size() < 2) return parts;
  const bool by_alias = !scope.alias.empty() && equal_without_case(parts.front(), scope.alias);
  const bool by_name = equal_without_case(parts.front(), scope.object->name()) &&
                       !scope.object->parent(parts.front());
  if (by_alias || by_name) parts.erase(parts.begin());
  return parts;
}

Result<void> bind_leaf(BoundPath& path, std::string_view name,
                       const std::vector<const ObjectView*>& objects, const Place& place) {
  const bool polymorphic = objects.size() > 1;
  if (polymorphic && !is_name_field(name)) return no_such_column(place, name, "Name");
  for (const ObjectView* object : objects) {
    if (polymorphic && equal_without_case(name, "Type")) {
      path.leaf.push_back({.object = object, .is_type = true});
      path.field = Field{.name = "Type", .type = FieldType::text};
      continue;
    }
    auto field = object->field(name);
    if (!field) continue;
    path.leaf.push_back({.object = object, .handle = field->handle});
    if (path.leaf.size() == 1) path.field = std::move(*field);
  }
  if (path.leaf.empty())
    return no_such_column(place, name, polymorphic ? "Name" : objects.front()->name());
  return {};
}

}  // namespace

std::string BoundPath::text() const {
  std::string out;
  for (const Step& step : steps) out += step.name + ".";
  return out + field.name;
}

FieldType BoundPath::type() const {
  if (function == Function::none) return field.type;
  if (function == Function::distance) return FieldType::number;
  return function == Function::day_only ? FieldType::date : FieldType::integer;
}

Record follow(const Step& step, const Record& from) {
  const Alternative* link = chosen(step.from, from.object);
  if (link == nullptr) return {};
  return from.object->parent_of(from.row, link->handle);
}

Value read(const BoundPath& path, const Record& record, std::string& scratch) {
  Record at = record;
  for (const Step& step : path.steps) {
    at = follow(step, at);
    if (!at) return {};
  }
  const Alternative* leaf = chosen(path.leaf, at.object);
  if (leaf == nullptr) return {};
  if (leaf->is_type) return Value::of_text(at.object->name());
  if (path.shown == Shown::label) return at.object->label(at.row, leaf->handle, scratch);
  if (path.shown == Shown::formatted) return at.object->formatted(at.row, leaf->handle, scratch);
  if (path.function == Function::distance)
    return measure(at.object->location(at.row, leaf->handle), path.distance);
  const Value value = at.object->value(at.row, leaf->handle, scratch);
  return path.function == Function::none ? value : apply(path.function, value);
}

Result<BoundStep> bind_step(std::string_view name, const std::vector<const ObjectView*>& objects,
                            const Place& place) {
  BoundStep bound;
  for (const ObjectView* object : objects) {
    const auto link = object->parent(name);
    if (!link) continue;
    bound.step.name = link->name;
    bound.step.from.push_back({.object = object, .handle = link->handle});
    for (const ObjectView* target : link->targets)
      if (std::find(bound.targets.begin(), bound.targets.end(), target) == bound.targets.end())
        bound.targets.push_back(target);
  }
  if (bound.targets.empty()) return unknown_relationship(place, name);
  return bound;
}

Result<BoundPath> bind_path(const Operand& operand, const Scope& scope) {
  const Place place = scope.place(operand.position);
  const auto parts = parts_of(operand.path, scope);
  if (parts.size() > max_levels_up + 1)
    return malformed(place, "SOQL relationships can be followed at most 5 levels up");
  BoundPath path{
      .function = operand.function, .distance = operand.distance, .shown = operand.shown};
  std::vector<const ObjectView*> objects{scope.object};
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    FLIT_TRY(bound, bind_step(parts[i], objects, place));
    path.steps.push_back(std::move(bound.step));
    objects = std::move(bound.targets);
  }
  FLIT_TRY_VOID(bind_leaf(path, parts.back(), objects, place));
  const bool moment = path.field.type == FieldType::date || path.field.type == FieldType::datetime;
  const bool place_field = path.field.type == FieldType::compound;
  if (operand.function == Function::distance && !place_field)
    return invalid_field(place, fmt::format("DISTANCE function not supported on type {}",
                                            to_string(path.field.type)));
  if (is_date_function(operand.function) && !moment)
    return invalid_field(
        place, fmt::format("date function not supported on type {}", to_string(path.field.type)));
  return path;
}

Value measure(const std::optional<GeoPoint>& from, const Distance& to) {
  if (!from) return {};
  constexpr double radius_km = 6371, km_per_mile = 1.609344;
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
  const double up = std::sin(radians(to.latitude - from->latitude) / 2);
  const double along = std::sin(radians(to.longitude - from->longitude) / 2);
  const double part =
      up * up + std::cos(radians(from->latitude)) * std::cos(radians(to.latitude)) * along * along;
  const double km = 2 * radius_km * std::asin(std::sqrt(std::min(part, 1.0)));
  return {.kind = Value::Kind::floating, .floating = to.miles ? km / km_per_mile : km};
}

Value apply(Function function, const Value& value) {
  if (value.is_null()) return value;
  const bool instant = value.kind == Value::Kind::instant;
  const auto days =
      instant ? std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(value.number))
              : std::chrono::days(value.number);
  const std::chrono::sys_days day(days);
  const std::chrono::year_month_day date(day);
  const auto month = static_cast<unsigned>(date.month());
  const auto year_start = std::chrono::sys_days(date.year() / 1 / 1);
  const std::int64_t day_in_year = (day - year_start).count();
  switch (function) {
    case Function::calendar_year:
    case Function::fiscal_year:
      return Value::of_number(static_cast<int>(date.year()));
    case Function::calendar_quarter:
    case Function::fiscal_quarter:
      return Value::of_number((month + 2) / 3);
    case Function::calendar_month:
    case Function::fiscal_month:
      return Value::of_number(month);
    case Function::day_in_year:
      return Value::of_number(day_in_year + 1);
    case Function::day_in_month:
      return Value::of_number(static_cast<unsigned>(date.day()));
    case Function::day_in_week:
      return Value::of_number(std::chrono::weekday(day).c_encoding() + 1);
    case Function::week_in_year:
      return Value::of_number(day_in_year / 7 + 1);
    case Function::week_in_month:
      return Value::of_number((static_cast<unsigned>(date.day()) - 1) / 7 + 1);
    case Function::hour_in_day:
      return Value::of_number((value.number - days.count() * 86'400'000) / 3'600'000);
    case Function::day_only:
      return {.kind = Value::Kind::date, .number = days.count()};
    case Function::none:
    case Function::count:
    case Function::count_distinct:
    case Function::sum:
    case Function::avg:
    case Function::min:
    case Function::max:
    case Function::grouping:
    case Function::distance:
      break;
  }
  return value;
}

}  // namespace flit::sim::salesforce::soql
