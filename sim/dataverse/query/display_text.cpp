// Formatted values (fact sheet §2): labels of choices, names of rows, en-US numbers and dates.
#include <cmath>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "sim/dataverse/query/shape_writer.hpp"

namespace flit::sim::dataverse {
namespace {

/// "-1234567.5" → "-1,234,567.50" with two places.
std::string grouped(std::string_view lexeme, int places) {
  const auto decimal = Decimal::parse(lexeme);
  if (!decimal) return std::string(lexeme);
  const auto rounded = decimal->rescaled(places, RoundingMode::half_up);
  if (!rounded) return std::string(lexeme);
  std::string text = rounded->text();
  const std::size_t first = rounded->is_negative() ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string label_of(const Column& column, std::int64_t value) {
  const Option* option =
      column.options == nullptr ? nullptr : column.options->find(static_cast<int>(value));
  if (option != nullptr) return option->label;
  return column.type == ColumnType::boolean ? (value != 0 ? "Yes" : "No") : std::to_string(value);
}

std::string labels_of(const Column& column, std::string_view choices) {
  std::string out;
  while (!choices.empty()) {
    const std::size_t comma = std::min(choices.find(','), choices.size());
    const int value = std::atoi(std::string(choices.substr(0, comma)).c_str());
    out.append(out.empty() ? "" : "; ").append(label_of(column, value));
    choices.remove_prefix(std::min(comma + 1, choices.size()));
  }
  return out;
}

/// 9/28/2016
std::string date_label(std::int64_t days) {
  const std::string iso = odata::date_text(days);
  return fmt::format("{}/{}/{}", std::stoi(iso.substr(5, 2)), std::stoi(iso.substr(8, 2)),
                     iso.substr(0, 4));
}

/// 9/28/2016 10:57 PM
std::string instant_label(const Column& column, std::int64_t seconds) {
  const std::int64_t days = (seconds - (seconds < 0 ? 86'399 : 0)) / 86'400;
  if (column.format == "DateOnly") return date_label(days);
  const std::int64_t minute = (seconds - days * 86'400) / 60;
  const std::int64_t hour = minute / 60;
  return fmt::format("{} {}:{:02} {}", date_label(days), (hour + 11) % 12 + 1, minute % 60,
                     hour < 12 ? "AM" : "PM");
}

std::optional<std::string> name_of(const ReadContext& context, const Cell& cell) {
  const Table& target = context.catalogue.table_at(cell.table);
  const Row* row = context.store.row(target, cell.id);
  const Column* name = target.column(target.primary_name);
  if (row == nullptr || name == nullptr) return std::nullopt;
  std::string scratch;
  const Cell text = read_cell(context, target, *row, *name, scratch);
  if (text.kind != CellKind::text) return std::nullopt;
  return std::string(text.text);
}

/// The row's currency, or the base currency where there is no row.
Cell currency_of(const ReadContext& context, const Table& table, const Row* row) {
  if (row != nullptr)
    return table.currency_column() == nullptr ? Cell{} : row->cell(table.currency_column()->index);
  const Table* organizations = context.catalogue.table("organization");
  const Column* base = organizations == nullptr ? nullptr : organizations->column("basecurrencyid");
  const RecordTable* rows = organizations == nullptr ? nullptr : context.store.find(*organizations);
  Cell found;
  if (base != nullptr && rows != nullptr)
    rows->each([&](const Row& organization) {
      found = organization.cell(base->index);
      return false;
    });
  return found;
}

std::string money_label(const ReadContext& context, const Table& table, const Row* row,
                        std::string_view amount) {
  std::string symbol;
  const Cell cell = currency_of(context, table, row);
  if (cell.kind == CellKind::lookup) {
    const Table& currencies = context.catalogue.table_at(cell.table);
    const Column* column = currencies.column("currencysymbol");
    const Row* found = context.store.row(currencies, cell.id);
    if (column != nullptr && found != nullptr) symbol = found->cell(column->index).text;
  }
  const std::string text = grouped(amount, 2);
  return text.front() == '-' ? "-" + symbol + text.substr(1) : symbol + text;
}

}  // namespace

std::optional<std::string> display_text(const ReadContext& context, const Table& table,
                                        const Row* row, const Column& column, const Cell& cell) {
  if (!cell.has_value()) return std::nullopt;
  switch (column.type) {
    case ColumnType::picklist:
    case ColumnType::state:
    case ColumnType::status:
      return label_of(column, cell.number);
    case ColumnType::boolean:
      return label_of(column, cell.kind == CellKind::yes ? 1 : 0);
    case ColumnType::multi_select:
      return labels_of(column, cell.text);
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
      return cell.kind == CellKind::lookup ? name_of(context, cell) : std::nullopt;
    case ColumnType::money:
      return money_label(context, table, row, cell.text);
    case ColumnType::decimal:
      return grouped(cell.text, std::max(column.precision, 0));
    case ColumnType::floating:
      return grouped(fmt::format("{}", cell.floating), column.precision);
    case ColumnType::integer:
    case ColumnType::big_int:
      return whole_text(cell.number);
    case ColumnType::date_time:
      return cell.kind == CellKind::date ? date_label(cell.number)
                                         : instant_label(column, cell.number);
    case ColumnType::string:
    case ColumnType::memo:
    case ColumnType::party_list:
    case ColumnType::unique_identifier:
    case ColumnType::entity_name:
    case ColumnType::virtual_type:
    case ColumnType::image:
    case ColumnType::file:
    case ColumnType::managed_property:
      break;
  }
  return std::nullopt;
}

std::string whole_text(std::int64_t number) {
  return grouped(std::to_string(number), 0);
}

}  // namespace flit::sim::dataverse
