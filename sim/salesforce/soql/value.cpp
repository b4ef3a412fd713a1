#include "sim/salesforce/soql/value.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::size_t significant_id_characters = 15;

constexpr auto powers_of_ten = [] {
  std::array<std::int64_t, 19> powers{};
  std::int64_t power = 1;
  for (std::size_t i = 0; i < powers.size(); ++i, power *= i < powers.size() ? 10 : 1)
    powers[i] = power;
  return powers;
}();

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

std::weak_ordering order_of(double left, double right) {
  if (left < right) return std::weak_ordering::less;
  if (left > right) return std::weak_ordering::greater;
  return std::weak_ordering::equivalent;
}

double double_of(const Value& value) {
  if (value.kind == Value::Kind::floating) return value.floating;
  return static_cast<double>(value.number) / static_cast<double>(powers_of_ten[value.scale]);
}

/// Exact: whole parts first, then fractions brought to one scale, which cannot overflow.
std::weak_ordering compare_numbers(const Value& left, const Value& right) {
  if (left.scale == right.scale) return left.number <=> right.number;
  const std::int64_t a = powers_of_ten[left.scale];
  const std::int64_t b = powers_of_ten[right.scale];
  const auto whole = left.number / a <=> right.number / b;
  if (whole != 0) return whole;
  const std::int64_t x = left.number % a;
  const std::int64_t y = right.number % b;
  if (left.scale < right.scale) return x * (b / a) <=> y;
  return x <=> y * (a / b);
}

std::weak_ordering order_of(int comparison) {
  if (comparison == 0) return std::weak_ordering::equivalent;
  return comparison < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
}

void append_two(std::string& out, std::int64_t number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

void append_date(std::string& out, std::int64_t days) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days))};
  const int year = static_cast<int>(day.year());
  append_two(out, year / 100);
  append_two(out, year % 100);
  out += '-';
  append_two(out, static_cast<unsigned>(day.month()));
  out += '-';
  append_two(out, static_cast<unsigned>(day.day()));
}

void append_time(std::string& out, std::int64_t ms) {
  append_two(out, ms / 3'600'000);
  out += ':';
  append_two(out, ms / 60'000 % 60);
  out += ':';
  append_two(out, ms / 1000 % 60);
  out += '.';
  out += static_cast<char>('0' + ms / 100 % 10);
  append_two(out, ms % 100);
}

void append_instant(std::string& out, std::int64_t ms, InstantZone zone) {
  std::int64_t days = ms / ms_per_day;
  if (ms % ms_per_day < 0) --days;
  append_date(out, days);
  out += 'T';
  append_time(out, ms - days * ms_per_day);
  out += zone == InstantZone::z ? "Z" : "+0000";
}

/// Zeros at the end of the fraction are not written: 1.50 is "1.5".
void append_number(std::string& out, const Value& value, bool whole_number) {
  std::int64_t coefficient = value.number;
  std::size_t scale = value.scale;
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  std::array<char, 24> digits{};
  const auto end =
      fmt::format_to(digits.data(), "{}", coefficient < 0 ? -coefficient : coefficient);
  std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (coefficient < 0) out += '-';
  if (scale == 0) {
    out += text;
    if (!whole_number) out += ".0";
    return;
  }
  if (text.size() <= scale) {
    out += "0.";
    out.append(scale - text.size(), '0');
    out += text;
    return;
  }
  out += text.substr(0, text.size() - scale);
  out += '.';
  out += text.substr(text.size() - scale);
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (!is_ascii(c)) return text::fold_case(text);
    c = lower(c);
  }
  return out;
}

bool equal_without_case(std::string_view left, std::string_view right) {
  return compare_text(left, right) == 0;
}

std::weak_ordering compare_text(std::string_view left, std::string_view right) {
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const char a = lower(left[i]);
    const char b = lower(right[i]);
    if (!is_ascii(a) || !is_ascii(b))
      return order_of(text::fold_case(left.substr(i)).compare(text::fold_case(right.substr(i))));
    if (a != b) return a <=> b;
  }
  return left.size() <=> right.size();
}

std::optional<std::weak_ordering> compare(const Value& left, const Value& right) {
  using Kind = Value::Kind;
  if (left.is_null() || right.is_null()) return std::nullopt;
  const auto numeric = [](Kind kind) { return kind == Kind::number || kind == Kind::floating; };
  if (left.kind == Kind::number && right.kind == Kind::number) return compare_numbers(left, right);
  if (numeric(left.kind) && numeric(right.kind)) return order_of(double_of(left), double_of(right));
  if (left.kind != right.kind) return std::nullopt;
  switch (left.kind) {
    case Kind::text:
    case Kind::json:
      return compare_text(left.text, right.text);
    case Kind::id:
      return order_of(left.text.substr(0, significant_id_characters)
                          .compare(right.text.substr(0, significant_id_characters)));
    case Kind::boolean:
    case Kind::date:
    case Kind::instant:
    case Kind::time:
      return left.number <=> right.number;
    case Kind::null:
    case Kind::number:
    case Kind::floating:
    case Kind::blob:
      break;
  }
  return std::nullopt;
}

void append_key(std::string& out, const Value& value) {
  using Kind = Value::Kind;
  out += static_cast<char>('a' + static_cast<int>(value.kind));
  switch (value.kind) {
    case Kind::null:
      return;
    case Kind::text:
    case Kind::json:
    case Kind::blob: {
      const std::string key = folded(value.text);
      out += std::to_string(key.size());
      out += ':';
      out += key;
      return;
    }
    case Kind::id:
      out += value.text.substr(0, significant_id_characters);
      return;
    case Kind::number:
      append_number(out, value, true);
      out += ';';
      return;
    case Kind::floating:
      out += fmt::format("{};", value.floating);
      return;
    case Kind::boolean:
    case Kind::date:
    case Kind::instant:
    case Kind::time:
      out += std::to_string(value.number);
      out += ';';
      return;
  }
}

void append_text(std::string& out, const Value& value, bool whole_number, InstantZone zone) {
  using Kind = Value::Kind;
  switch (value.kind) {
    case Kind::null:
      return;
    case Kind::boolean:
      out += value.number != 0 ? "true" : "false";
      return;
    case Kind::number:
      append_number(out, value, whole_number);
      return;
    case Kind::floating: {
      const std::string text = fmt::format("{}", value.floating);
      out += text;
      if (text.find_first_of(".e") == std::string::npos) out += ".0";
      return;
    }
    case Kind::text:
    case Kind::id:
    case Kind::json:
    case Kind::blob:
      out += value.text;
      return;
    case Kind::date:
      append_date(out, value.number);
      return;
    case Kind::instant:
      append_instant(out, value.number, zone);
      return;
    case Kind::time:
      append_time(out, value.number);
      out += 'Z';
      return;
  }
}

}  // namespace flit::sim::salesforce::soql
