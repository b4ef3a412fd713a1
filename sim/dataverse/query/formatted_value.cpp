#include <fmt/format.h>

#include "base/decimal.hpp"
#include "sim/dataverse/query/row_reader.hpp"
#include "sim/dataverse/values/dates.hpp"

namespace flit::sim::dataverse {
namespace {

/// "-1234567" → "-1,234,567".
std::string grouped(std::string digits) {
  const std::size_t first = !digits.empty() && digits.front() == '-' ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string with_places(std::string_view lexeme, int places) {
  const auto number = Decimal::parse(lexeme);
  if (!number) return std::string(lexeme);
  const auto scaled = number->rescaled(places, RoundingMode::half_up);
  return grouped(scaled ? scaled->text() : std::string(lexeme));
}

/// "9/28/2016 10:57 PM", the form of the caller's default format (US).
std::string date_text_of(const Cell& cell) {
  std::string iso;
  const bool is_date = cell.kind == CellKind::date;
  append_instant_text(iso, is_date ? cell.number * seconds_per_day : cell.number);
  const auto number = [&](std::size_t at, std::size_t size) { return std::stoi(iso.substr(at, size)); };
  std::string text = fmt::format("{}/{}/{}", number(5, 2), number(8, 2), iso.substr(0, 4));
  if (is_date) return text;
  const int hour = number(11, 2);
  return text + fmt::format(" {}:{} {}", hour % 12 == 0 ? 12 : hour % 12, iso.substr(14, 2),
                            hour < 12 ? "AM" : "PM");
}

std::string labels_of(const OptionSet& options, std::string_view values) {
  std::string labels;
  while (!values.empty()) {
    const std::size_t end = std::min(values.find(','), values.size());
    const Option* option = options.find(std::atoi(std::string(values.substr(0, end)).c_str()));
    if (!labels.empty()) labels += "; ";
    if (option != nullptr) labels += option->label;
    values.remove_prefix(std::min(end + 1, values.size()));
  }
  return labels;
}

std::string option_label(const Column& column, int value, std::string_view fallback) {
  const Option* option = column.options == nullptr ? nullptr : column.options->find(value);
  return option == nullptr ? std::string(fallback) : option->label;
}

}  // namespace

std::string formatted_value(const Organization& org, const Column& column, const Cell& cell) {
  if (!cell.has_value()) return {};
  switch (cell.kind) {
    case CellKind::yes: return option_label(column, 1, "Yes");
    case CellKind::no: return option_label(column, 0, "No");
    case CellKind::integer:
      if (has_options(column.type)) return option_label(column, static_cast<int>(cell.number), "");
      return grouped(std::to_string(cell.number));
    case CellKind::decimal:
      return column.type == ColumnType::money ? "€" + with_places(cell.text, 2)
                                              : with_places(cell.text, column.precision);
    case CellKind::floating: return with_places(fmt::format("{}", cell.floating), column.precision);
    case CellKind::instant:
    case CellKind::date: return date_text_of(cell);
    case CellKind::lookup: {
      const Table& table = org.catalogue->table_at(cell.table);
      const Row* row = org.store->row(table, cell.id);
      return row == nullptr ? std::string() : RowReader(org, table, *row).name();
    }
    case CellKind::text:
      if (column.type == ColumnType::multi_select && column.options)
        return labels_of(*column.options, cell.text);
      return {};
    default: return {};
  }
}

}  // namespace flit::sim::dataverse
