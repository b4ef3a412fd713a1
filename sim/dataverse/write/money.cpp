#include "sim/dataverse/write/money.hpp"

#include <cstdlib>

#include "base/decimal.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/values/read_value.hpp"

namespace flit::sim::dataverse {
namespace {

bool has_amount(const Table& table, const RowDraft& draft) {
  for (const auto& [index, cell] : draft.cells())
    if (cell.has_value() && table.column_at(index).type == ColumnType::money) return true;
  return false;
}

Uuid currency_of(const Work& work, const Table& table, const Row* before, const RowDraft& draft) {
  const std::uint16_t column = table.currency_column()->index;
  if (const Cell* cell = draft.find(column); cell != nullptr && cell->has_value()) return cell->id;
  if (before != nullptr)
    if (const Cell cell = before->cell(column); cell.has_value()) return cell.id;
  return work.org.known.base_currency;
}

/// §10, PrecisionSource: the column's own places, the organization's, or the currency's.
int decimal_places(const Organization& org, const Column& column, const Uuid& currency) {
  std::optional<std::int64_t> places;
  if (column.precision_source == 0) return column.precision;
  if (column.precision_source == 1)
    places = org.number_of("organization", org.known.organization, "pricingdecimalprecision");
  if (column.precision_source == 2)
    places = org.number_of("transactioncurrency", currency, "currencyprecision");
  return static_cast<int>(places.value_or(2));
}

/// §9 0x80048ceb/ec: the base amount must fit the money range, too.
Answer<void> check_base(const Column& column, std::string_view amount, const Decimal& rate) {
  const auto value = Decimal::parse(amount);
  if (!value || rate.is_zero()) return {};
  const auto base = value->divided_by(rate, 4, RoundingMode::half_up);
  const Decimal largest = Decimal::of(922337203685477);
  if (base && base->absolute() <= largest) return {};
  const bool low = value->is_negative();
  return refuse(errors::other(
      400, low ? 0x80048ceb : 0x80048cec,
      "The exchange rate set for the currency specified in this record has generated a value for " +
          column.display_name + " that is " +
          (low ? "smaller than the minimum" : "larger than the maximum") +
          " allowed for the base currency (" + (low ? "-" : "") + "922337203685477)."));
}

}  // namespace

Answer<void> settle_money(Work& work, const Table& table, const Row* before, RowDraft& draft) {
  const Column* currency = table.currency_column();
  if (currency == nullptr || !table.has_money()) return {};
  const Cell* sent = draft.find(currency->index);
  const bool amounts = has_amount(table, draft);
  if (!amounts && sent == nullptr) return {};
  if (amounts && sent != nullptr && sent->kind == CellKind::null)
    return refuse(errors::other(400, 0x80048cfb, "The currency cannot be null."));

  const Uuid chosen = currency_of(work, table, before, draft);
  const Table& currencies = work.org.table("transactioncurrency");
  draft.set(currency->index, Cell::lookup(currencies.index, chosen));
  const Row* row = work.store().row(currencies, chosen);
  if (row == nullptr) return refuse(errors::object_does_not_exist("transactioncurrency", chosen));
  const std::string rate(row->cell(currencies.column("exchangerate")->index).text);
  if (table.exchange_rate_column() != nullptr)
    draft.set(table.exchange_rate_column()->index, Cell::decimal(draft.arena.keep(rate)));
  const Decimal exchange = Decimal::parse(rate).value_or(Decimal::of(1));
  const std::vector<ColumnCell> cells(draft.cells().begin(), draft.cells().end());
  for (const auto& [index, cell] : cells) {
    const Column& column = table.column_at(index);
    if (column.type != ColumnType::money || !cell.has_value()) continue;
    const int places = decimal_places(work.org, column, chosen);
    const auto text = canonical_decimal(cell.text, places, draft.arena);
    draft.set(index, Cell::decimal(*text));
    if (exchange != Decimal::of(1)) FLIT_TRY_VOID(check_base(column, *text, exchange));
  }
  return {};
}

}  // namespace flit::sim::dataverse
