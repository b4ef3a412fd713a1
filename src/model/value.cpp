#include "model/value.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"

namespace flit::model {
namespace {

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string instant_text(Instant moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time(moment - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", date_text(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace

void Value::expect(Kind kind) const {
  FLIT_CHECK(this->kind() == kind, "a value is read as what it is; look at kind() first");
}

Value Value::boolean(bool value) {
  Value made(Kind::boolean);
  made.number_ = value ? 1 : 0;
  return made;
}

Value Value::integer(std::int64_t value) {
  Value made(Kind::integer);
  made.number_ = value;
  return made;
}

Value Value::decimal(const Decimal& value, Arena& arena) {
  Value made(Kind::decimal);
  made.decimal_ = arena.make<Decimal>(value);
  return made;
}

Value Value::date(std::chrono::sys_days day) {
  Value made(Kind::date);
  made.number_ = day.time_since_epoch().count();
  return made;
}

Value Value::instant(Instant moment, std::int16_t offset_minutes) {
  Value made(Kind::instant, 0, offset_minutes);
  made.number_ = moment.time_since_epoch().count();
  return made;
}

Value Value::list(std::span<const Value> values, Arena& arena) {
  Value made(Kind::list, static_cast<std::uint32_t>(values.size()));
  const std::span<Value> copies = arena.make_array<Value>(values.size());
  std::transform(values.begin(), values.end(), copies.begin(),
                 [&arena](const Value& value) { return value.copied_to(arena); });
  made.list_ = copies.data();
  return made;
}

Value Value::reference(const Reference& reference, Arena& arena) {
  Value made(Kind::reference);
  made.reference_ = arena.make<Reference>(arena.copy(reference.table), arena.copy(reference.id),
                                          arena.copy(reference.key));
  return made;
}

bool Value::as_boolean() const {
  expect(Kind::boolean);
  return number_ != 0;
}

std::int64_t Value::as_integer() const {
  expect(Kind::integer);
  return number_;
}

const Decimal& Value::as_decimal() const {
  expect(Kind::decimal);
  return *decimal_;
}

std::string_view Value::as_text() const {
  FLIT_CHECK(kind() == Kind::text || kind() == Kind::json, "only text and JSON have text");
  return {text_, length()};
}

std::chrono::sys_days Value::as_date() const {
  expect(Kind::date);
  return std::chrono::sys_days(std::chrono::days(number_));
}

Instant Value::as_instant() const {
  expect(Kind::instant);
  return Instant(Instant::duration(number_));
}

std::span<const Value> Value::as_list() const {
  expect(Kind::list);
  return {list_, length()};
}

const Reference& Value::as_reference() const {
  expect(Kind::reference);
  return *reference_;
}

Value Value::copied_to(Arena& arena) const {
  switch (kind()) {
    case Kind::text:
    case Kind::json:
      return view_of(kind(), arena.copy(as_text()));
    case Kind::decimal:
      return decimal(*decimal_, arena);
    case Kind::list:
      return list(as_list(), arena);
    case Kind::reference:
      return reference(*reference_, arena);
    case Kind::absent:
    case Kind::null:
    case Kind::boolean:
    case Kind::integer:
    case Kind::date:
    case Kind::instant:
      return *this;
  }
  return *this;
}

bool operator==(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case Value::Kind::absent:
    case Value::Kind::null:
      return true;
    case Value::Kind::boolean:
    case Value::Kind::integer:
    case Value::Kind::date:
    case Value::Kind::instant:
      return left.number_ == right.number_;
    case Value::Kind::decimal:
      return *left.decimal_ == *right.decimal_;
    case Value::Kind::text:
    case Value::Kind::json:
      return left.as_text() == right.as_text();
    case Value::Kind::list:
      return std::ranges::equal(left.as_list(), right.as_list());
    case Value::Kind::reference: {
      const Reference& a = *left.reference_;
      const Reference& b = *right.reference_;
      return a.table == b.table && a.id == b.id && a.key == b.key;
    }
  }
  return false;
}

std::string Value::display() const {
  switch (kind()) {
    case Kind::absent:
    case Kind::null:
      return {};
    case Kind::boolean:
      return number_ != 0 ? "true" : "false";
    case Kind::integer:
      return std::to_string(number_);
    case Kind::decimal:
      return decimal_->text();
    case Kind::text:
    case Kind::json:
      return std::string(as_text());
    case Kind::date:
      return date_text(as_date());
    case Kind::instant:
      return instant_text(as_instant());
    case Kind::reference:
      return std::string(reference_->table) + " " + std::string(reference_->id);
    case Kind::list: {
      std::string joined;
      for (const Value& value : as_list()) joined += (joined.empty() ? "" : "; ") + value.display();
      return joined;
    }
  }
  return {};
}

}  // namespace flit::model
