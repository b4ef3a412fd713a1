#include "sim/salesforce/schema/cell_text.hpp"

#include <array>
#include <charconv>
#include <chrono>

#include "base/json_writer.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;

void append_padded(std::string& out, std::int64_t value, int width) {
  std::array<char, 20> digits{};
  for (int i = width; i > 0; --i) {
    digits[static_cast<std::size_t>(i - 1)] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits.data(), static_cast<std::size_t>(width));
}

void append_date(std::string& out, std::int64_t days) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days}}};
  append_padded(out, static_cast<int>(day.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(day.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(day.day()), 2);
}

void append_time(std::string& out, std::int64_t ms) {
  append_padded(out, ms / 3'600'000, 2);
  out += ':';
  append_padded(out, ms / 60'000 % 60, 2);
  out += ':';
  append_padded(out, ms / 1000 % 60, 2);
  out += '.';
  append_padded(out, ms % 1000, 3);
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void append_number(std::string& out, std::int64_t number, int scale) {
  if (scale == 0) return append_integer(out, number);
  std::int64_t power = 1;
  for (int i = 0; i < scale; ++i) power *= 10;
  if (number < 0) out += '-';
  append_integer(out, number / power < 0 ? -(number / power) : number / power);
  out += '.';
  const std::int64_t rest = number % power;
  append_padded(out, rest < 0 ? -rest : rest, scale);
}

void append_plain(std::string& out, const Cell& cell, std::string_view zone) {
  switch (cell.kind) {
    case CellKind::boolean:
      out += cell.number != 0 ? "true" : "false";
      return;
    case CellKind::number:
      return append_number(out, cell.number, cell.scale);
    case CellKind::date:
      return append_date(out, cell.number);
    case CellKind::datetime:
      return append_datetime(out, cell.number, zone);
    case CellKind::time:
      append_time(out, cell.number);
      out += 'Z';
      return;
    case CellKind::id:
      return cell.id().append_to(out);
    case CellKind::text:
      out += cell.text;
      return;
    case CellKind::null:
    case CellKind::blob:
      return;
  }
}

}  // namespace

void append_datetime(std::string& out, std::int64_t ms, std::string_view zone) {
  std::int64_t days = ms / ms_per_day;
  std::int64_t rest = ms % ms_per_day;
  if (rest < 0) {
    rest += ms_per_day;
    --days;
  }
  append_date(out, days);
  out += 'T';
  append_time(out, rest);
  out += zone;
}

void append_json(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case CellKind::null:
    case CellKind::blob:
      out += "null";
      return;
    case CellKind::text:
      return json::append_quoted(out, cell.text);
    case CellKind::boolean:
    case CellKind::number:
      return append_plain(out, cell, "");
    default:
      out += '"';
      append_plain(out, cell, "+0000");
      out += '"';
  }
}

void append_json(std::string& out, const Cell& cell, FieldType type) {
  append_json(out, cell);
  const bool whole = type == FieldType::integer || type == FieldType::whole;
  if (cell.kind == CellKind::number && cell.scale == 0 && !whole) out += ".0";
}

void append_text(std::string& out, const Cell& cell) {
  append_plain(out, cell, "Z");
}

std::string text_of(const Cell& cell) {
  std::string out;
  append_text(out, cell);
  return out;
}

}  // namespace flit::sim::salesforce
