#include "sim/dataverse/query/store_view.hpp"

namespace flit::sim::dataverse {
namespace {

using odata::Navigation;
using odata::Property;
using odata::RowVisitor;
using odata::Value;
using odata::ValueType;

Value value_of(const Cell& cell) {
  using Kind = Value::Kind;
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null:
      return {};
    case CellKind::no:
      return {.kind = Kind::boolean, .number = 0};
    case CellKind::yes:
      return {.kind = Kind::boolean, .number = 1};
    case CellKind::integer:
      return {.kind = Kind::integer, .number = cell.number};
    case CellKind::decimal:
      return {.kind = Kind::decimal, .text = cell.text};
    case CellKind::floating:
      return {.kind = Kind::floating, .floating = cell.floating};
    case CellKind::instant:
      return {.kind = Kind::instant, .number = cell.number};
    case CellKind::date:
      return {.kind = Kind::date, .number = cell.number};
    case CellKind::uuid:
    case CellKind::lookup:
      return {.kind = Kind::guid, .id = cell.id};
    case CellKind::text:
      return {.kind = Kind::text, .text = cell.text};
  }
  return {};
}

/// The row that a lookup cell names, if it is one of `table`.
const Row* row_behind(const ReadContext& context, const Cell& cell, const Table& table) {
  if (cell.kind != CellKind::lookup || cell.table != table.index) return nullptr;
  return context.store.row(table, cell.id);
}

}  // namespace

StoreViews::~StoreViews() = default;

const StoreTable& StoreViews::of(const Table& table) {
  auto& view = tables_[&table];
  if (!view) view = std::make_unique<StoreTable>(*this, table);
  return *view;
}

ValueType value_type(const Column& column) {
  switch (column.type) {
    case ColumnType::integer:
    case ColumnType::big_int:
    case ColumnType::picklist:
    case ColumnType::state:
    case ColumnType::status:
      return ValueType::integer;
    case ColumnType::decimal:
    case ColumnType::money:
      return ValueType::decimal;
    case ColumnType::floating:
      return ValueType::floating;
    case ColumnType::boolean:
      return ValueType::boolean;
    case ColumnType::date_time:
      return column.is_date_only() ? ValueType::date : ValueType::instant;
    case ColumnType::multi_select:
      return ValueType::choices;
    case ColumnType::lookup:
    case ColumnType::customer:
    case ColumnType::owner:
    case ColumnType::unique_identifier:
    case ColumnType::file:
      return ValueType::guid;
    case ColumnType::string:
    case ColumnType::memo:
    case ColumnType::party_list:
    case ColumnType::entity_name:
    case ColumnType::virtual_type:
    case ColumnType::image:
    case ColumnType::managed_property:
      break;
  }
  return ValueType::text;
}

std::optional<Property> StoreTable::property(std::string_view name) const {
  const Column* found = table_.property(name);
  if (found == nullptr || !is_property(*found)) return std::nullopt;
  return Property{found->index, value_type(*found)};
}

std::optional<Property> StoreTable::column(std::string_view logical_name) const {
  const Column* found = table_.column(logical_name);
  if (found == nullptr || !is_property(*found)) return std::nullopt;
  return Property{found->index, value_type(*found)};
}

Navigation StoreTable::add_way(const Way& way) const {
  ways_.push_back(way);
  return {static_cast<std::uint32_t>(ways_.size() - 1), way.lookup == nullptr,
          &views_.of(*way.target)};
}

std::optional<Navigation> StoreTable::navigation(std::string_view name) const {
  const Catalogue& catalogue = context().catalogue;
  if (const LookupNavigation found = table_.lookup_navigation(name); found.column != nullptr) {
    if (found.property->targets.empty()) return std::nullopt;
    const Table* target = catalogue.table(found.property->targets.front());
    if (target == nullptr) return std::nullopt;
    return add_way({.lookup = found.column, .target = target});
  }
  const CollectionNavigation* found = table_.collection(name);
  if (found == nullptr) return std::nullopt;
  std::string_view other = found->one_to_many != nullptr ? found->one_to_many->child
                           : found->from_first           ? found->many_to_many->second.table
                                                         : found->many_to_many->first.table;
  const Table* target = catalogue.table(other);
  if (target == nullptr) return std::nullopt;
  return add_way({.target = target, .collection = *found});
}

std::optional<Navigation> StoreTable::parent() const {
  for (const OneToMany* relationship : context().catalogue.parents_of(table_.logical_name)) {
    if (!relationship->is_hierarchical || relationship->parent != table_.logical_name) continue;
    const Column* lookup = table_.column(relationship->child_column);
    if (lookup != nullptr) return add_way({.lookup = lookup, .target = &table_});
  }
  return std::nullopt;
}

void StoreTable::scan(const std::optional<Uuid>& after, const RowVisitor& visit) const {
  const RecordTable* rows = context().store.find(table_);
  if (rows == nullptr) return;
  rows->each_after(after, [&](const Row& row) {
    return !context().shows(table_, row) || visit(StoreRow(*this, row));
  });
}

void StoreTable::find(const Uuid& id, const RowVisitor& visit) const {
  const Row* row = context().store.row(table_, id);
  if (row != nullptr && context().shows(table_, *row)) visit(StoreRow(*this, *row));
}

std::optional<std::vector<Uuid>> StoreTable::rows_with(std::uint32_t property,
                                                       const Value& value) const {
  if (value.kind != Value::Kind::guid) return std::nullopt;
  const Column& column = table_.column_at(static_cast<std::uint16_t>(property));
  if (column.role == Role::primary_id) return std::vector<Uuid>{value.id};
  if (column.role != Role::stored || !is_reference(column.type)) return std::nullopt;
  const RecordTable* rows = context().store.find(table_);
  return rows == nullptr ? std::vector<Uuid>() : rows->referring(column.index, value.id);
}

Value StoreRow::value(std::uint32_t property, std::string& scratch) const {
  const Table& table = table_.definition();
  const Column& column = table.column_at(static_cast<std::uint16_t>(property));
  return value_of(read_cell(table_.context(), table, row_, column, scratch));
}

void StoreRow::follow(std::uint32_t navigation, const RowVisitor& visit) const {
  const StoreTable::Way& way = table_.way(navigation);
  if (way.lookup == nullptr) {
    follow_collection(way, visit);
    return;
  }
  std::string scratch;
  const Cell cell = read_cell(table_.context(), table_.definition(), row_, *way.lookup, scratch);
  // One navigation property of an owner leads to users and to teams (fact sheet §4).
  const Table* target = way.target;
  if (way.lookup->type == ColumnType::owner && cell.kind == CellKind::lookup)
    target = &table_.context().catalogue.table_at(cell.table);
  const Row* row = row_behind(table_.context(), cell, *target);
  if (row != nullptr && table_.context().shows(*target, *row))
    visit(StoreRow(table_.view_of(*target), *row));
}

void StoreRow::follow_collection(const StoreTable::Way& way, const RowVisitor& visit) const {
  const ReadContext& context = table_.context();
  const StoreTable& target = table_.view_of(*way.target);
  const std::vector<Uuid> ids = way.collection.many_to_many != nullptr
                                    ? tied_by(way.collection)
                                    : below(*way.target, way.collection.one_to_many->child_column);
  for (const Uuid& other : ids)
    if (const Row* row = context.store.row(*way.target, other))
      if (context.shows(*way.target, *row) && !visit(StoreRow(target, *row))) return;
}

std::vector<Uuid> StoreRow::tied_by(const CollectionNavigation& navigation) const {
  const LinkTable* links = table_.context().store.find_links(navigation.many_to_many->schema_name);
  if (links == nullptr) return {};
  return navigation.from_first ? links->of_first(id()) : links->of_second(id());
}

/// Rows of the child that name this one in that column.
std::vector<Uuid> StoreRow::below(const Table& child, std::string_view column_name) const {
  const ReadContext& context = table_.context();
  const RecordTable* rows = context.store.find(child);
  const Column* column = child.column(column_name);
  if (rows == nullptr || column == nullptr) return {};
  if (column->role == Role::stored) return rows->referring(column->index, id());
  std::vector<Uuid> ids;
  rows->each([&](const Row& row) {
    std::string scratch;
    const Cell cell = read_cell(context, child, row, *column, scratch);
    if (cell.kind == CellKind::lookup && cell.id == id()) ids.push_back(row.head.id);
    return true;
  });
  return ids;
}

}  // namespace flit::sim::dataverse
