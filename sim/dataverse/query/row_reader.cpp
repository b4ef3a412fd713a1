#include "sim/dataverse/query/row_reader.hpp"

#include <array>

#include "base/decimal.hpp"

namespace flit::sim::dataverse {

std::string_view RowReader::text(std::string_view name) const {
  const Column* column = table_.column(name);
  return column == nullptr ? std::string_view{} : row_.cell(column->index).text;
}

Cell RowReader::principal(PrincipalRef ref) const {
  if (ref == 0) return {};
  const Principal& principal = org_.store->principal(ref);
  return Cell::lookup(org_.table(principal.is_team ? "team" : "systemuser").index, principal.id);
}

Cell RowReader::business_unit() const {
  if (row_.head.owner == 0) return {};
  const Principal& owner = org_.store->principal(row_.head.owner);
  const Table& table = org_.table(owner.is_team ? "team" : "systemuser");
  const Row* row = org_.store->row(table, owner.id);
  if (row == nullptr) return {};
  return row->cell(table.column("businessunitid")->index);
}

Cell RowReader::stored(const Column& column) const {
  const Cell cell = row_.cell(column.index);
  if (cell.kind != CellKind::absent || !column.default_value) return cell;
  if (row_.head.created_version < column.since_version) return cell;
  if (column.type == ColumnType::boolean) return Cell::boolean(*column.default_value != 0);
  if (has_options(column.type)) return Cell::integer(*column.default_value);
  return cell;
}

/// fullnameconventioncode 1, first name and last name (§10).
Cell RowReader::full_name(std::string& scratch) const {
  const std::string_view first = text("firstname"), last = text("lastname");
  if (first.empty() && last.empty()) return {};
  scratch.assign(first);
  if (!first.empty() && !last.empty()) scratch += ' ';
  scratch += last;
  return Cell::of_text(scratch);
}

Cell RowReader::composite(const Column& column, std::string& scratch) const {
  const std::string prefix =
      column.logical_name.substr(0, column.logical_name.size() - std::string_view("composite").size());
  scratch.clear();
  const auto add = [&](std::string_view part, std::string_view separator) {
    if (part.empty()) return;
    if (!scratch.empty()) scratch += separator;
    scratch += part;
  };
  for (const std::string_view line : {"line1", "line2", "line3"}) add(text(prefix + std::string(line)), "\r\n");
  add(text(prefix + "city"), "\r\n");
  add(text(prefix + "stateorprovince"), ", ");
  add(text(prefix + "postalcode"), " ");
  add(text(prefix + "country"), "\r\n");
  return scratch.empty() ? Cell{} : Cell::of_text(scratch);
}

Cell RowReader::base_amount(const Column& column, std::string& scratch) const {
  const Cell amount = row_.cell(column.source_index);
  if (!amount.has_value()) return {};
  const Column* rate_column = table_.exchange_rate_column();
  const Cell rate = rate_column == nullptr ? Cell{} : row_.cell(rate_column->index);
  if (!rate.has_value() || rate.text == "1") return amount;
  const auto value = Decimal::parse(amount.text);
  const auto divisor = Decimal::parse(rate.text);
  if (!value || !divisor || divisor->is_zero()) return amount;
  const auto base = value->divided_by(*divisor, 4, RoundingMode::half_up);
  if (!base) return {};
  scratch = base->text(Decimal::Zeros::dropped);
  return Cell::decimal(scratch);
}

Cell RowReader::value(const Column& column, std::string& scratch) const {
  const RowHead& head = row_.head;
  switch (column.role) {
    case Role::stored: return stored(column);
    case Role::primary_id: return Cell::uuid(head.id);
    case Role::created_on: return Cell::instant(head.created_on);
    case Role::modified_on: return Cell::instant(head.modified_on);
    case Role::created_by: return principal(head.created_by);
    case Role::modified_by: return principal(head.modified_by);
    case Role::owner:
      return table_.ownership == Ownership::user ? principal(head.owner) : stored(column);
    case Role::owning_user:
    case Role::owning_team: {
      if (head.owner == 0) return {};
      const bool is_team = org_.store->principal(head.owner).is_team;
      return is_team == (column.role == Role::owning_team) ? principal(head.owner) : Cell{};
    }
    case Role::owning_business_unit: return business_unit();
    case Role::version_number: return Cell::integer(static_cast<std::int64_t>(head.version));
    case Role::state: return head.state < 0 ? Cell{} : Cell::integer(head.state);
    case Role::status: return head.status < 0 ? Cell{} : Cell::integer(head.status);
    case Role::full_name: return full_name(scratch);
    case Role::address_composite: return composite(column, scratch);
    case Role::base_amount: return base_amount(column, scratch);
    case Role::companion: return {};
  }
  return {};
}

std::string RowReader::name() const {
  const Column* column = table_.column(table_.primary_name);
  if (column == nullptr) return {};
  std::string scratch;
  return std::string(value(*column, scratch).text);
}

}  // namespace flit::sim::dataverse
