#include "sim/dataverse/payload/reference.hpp"

#include <algorithm>

#include "sim/dataverse/batch/batch_request.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/values/dates.hpp"
#include "sim/dataverse/values/read_value.hpp"

namespace flit::sim::dataverse {
namespace {

const AlternateKey* key_over(const Table& table, std::vector<std::uint16_t> columns) {
  std::sort(columns.begin(), columns.end());
  for (const AlternateKey& key : table.keys) {
    std::vector<std::uint16_t> own = key.columns;
    std::sort(own.begin(), own.end());
    if (own == columns) return &key;
  }
  return nullptr;
}

/// accounts(accountid=guid) works everywhere but on users and teams (§5).
bool is_named_primary_key(const Table& table, const std::vector<odata::Argument>& arguments) {
  return arguments.size() == 1 && arguments[0].name == table.primary_id &&
         table.logical_name != "systemuser" && table.logical_name != "team";
}

Answer<Uuid> id_of(const odata::Argument& argument) {
  if (argument.values.size() == 1) {
    const auto id = Uuid::parse(argument.values[0].text);
    if (id) return *id;
  }
  return refuse(errors::bad_uri("Bad Request - Error in query syntax."));
}

Answer<RowAddress> address_by_key(const Organization& org, const Table& table,
                                  const std::vector<odata::Argument>& arguments, TextArena& arena) {
  RowAddress address{.table = &table};
  std::vector<std::uint16_t> columns;
  for (const odata::Argument& argument : arguments) {
    const Column* column = table.property(argument.name);
    if (column == nullptr || argument.values.size() != 1)
      return refuse(errors::entity_key_not_defined(table.logical_name));
    if (odata::has_forbidden_key_character(argument.values[0].text) &&
        argument.values[0].kind == odata::LiteralKind::text)
      return refuse(errors::bad_uri("Bad Request - Error in query syntax."));
    FLIT_TRY(cell, cell_of_literal(table, *column, argument.values[0], arena));
    columns.push_back(column->index);
    address.key_cells.emplace_back(column->index, cell);
  }
  address.key = key_over(table, columns);
  if (address.key == nullptr || address.key->state != KeyState::active)
    return refuse(errors::entity_key_not_defined(table.logical_name));
  std::string text;
  for (const std::uint16_t column : address.key->columns)
    for (const auto& [part, cell] : address.key_cells)
      if (part == column) append_key_part(text, cell);
  if (const RecordTable* rows = org.store->find(table))
    if (const Row* row = rows->find_by_key(address.key->logical_name, text))
      address.id = row->head.id;
  return address;
}

/// "set(8-4-4-4-12)" without the way through the parser: nearly every bind looks like that.
std::optional<Reference> plain_reference(const Organization& org, std::string_view uri) {
  if (!uri.empty() && uri.front() == '/') uri.remove_prefix(1);
  const std::size_t open = uri.find('(');
  if (open == std::string_view::npos || uri.size() != open + Uuid::text_length + 2 ||
      uri.back() != ')')
    return std::nullopt;
  const Table* table = org.catalogue->by_entity_set(uri.substr(0, open));
  const auto id = Uuid::parse(uri.substr(open + 1, Uuid::text_length));
  if (table == nullptr || !id) return std::nullopt;
  return Reference{table, *id};
}

std::string_view without_root(std::string_view uri) {
  if (const auto below = batch::below_service_root(uri)) return *below;
  return uri;
}

}  // namespace

Refusal RowAddress::not_found() const {
  return key != nullptr ? errors::record_not_found_by_key(table->logical_name)
                        : errors::object_does_not_exist(table->logical_name, id.value_or(Uuid{}));
}

namespace {

std::optional<Cell> id_cell(const Column& column, std::string_view text) {
  const auto id = Uuid::parse(text);
  if (!id) return std::nullopt;
  return is_reference(column.type) ? Cell::lookup(0, *id) : Cell::uuid(*id);
}

/// None: the column does not take such a literal.
std::optional<Cell> cell_in(const Column& column, const odata::Literal& literal, TextArena& arena) {
  using odata::LiteralKind;
  if (is_reference(column.type) || column.type == ColumnType::unique_identifier)
    return id_cell(column, literal.text);
  switch (column.type) {
    case ColumnType::integer:
    case ColumnType::big_int:
    case ColumnType::picklist:
    case ColumnType::state:
    case ColumnType::status:
      if (literal.kind != LiteralKind::integer) return std::nullopt;
      return Cell::integer(std::strtoll(literal.text.c_str(), nullptr, 10));
    case ColumnType::decimal:
    case ColumnType::money: {
      const auto text = canonical_decimal(literal.text, 10, arena);
      if (!text) return std::nullopt;
      return Cell::decimal(arena.keep(std::string(*text)));
    }
    case ColumnType::boolean:
      if (literal.kind != LiteralKind::boolean) return std::nullopt;
      return Cell::boolean(literal.text == "true");
    case ColumnType::date_time: {
      const auto moment =
          column.is_date_only() ? read_date(literal.text) : read_instant(literal.text);
      if (!moment) return std::nullopt;
      return column.is_date_only() ? Cell::date(*moment) : Cell::instant(*moment);
    }
    default:
      if (literal.kind != LiteralKind::text) return std::nullopt;
      return Cell::of_text(arena.keep(literal.text));
  }
}

}  // namespace

Answer<Cell> cell_of_literal(const Table& table, const Column& column,
                             const odata::Literal& literal, TextArena& arena) {
  if (literal.kind == odata::LiteralKind::null) return Cell::null();
  if (const auto cell = cell_in(column, literal, arena)) return *cell;
  return refuse(
      errors::cannot_convert_literal(table.entity_set, literal.text, names_of(column.type).edm));
}

Answer<RowAddress> address_of(const Organization& org, const Table& table,
                              const std::vector<odata::Argument>& arguments, TextArena& arena) {
  if (arguments.empty()) return refuse(errors::bad_uri("Bad Request - Error in query syntax."));
  if (arguments.size() == 1 && arguments[0].name.empty()) {
    FLIT_TRY(id, id_of(arguments[0]));
    return RowAddress{.table = &table, .id = id};
  }
  if (is_named_primary_key(table, arguments)) {
    FLIT_TRY(id, id_of(arguments[0]));
    return RowAddress{.table = &table, .id = id};
  }
  return address_by_key(org, table, arguments, arena);
}

Answer<Reference> read_reference(const Organization& org, std::string_view uri) {
  if (const auto plain = plain_reference(org, uri)) return *plain;
  const std::string_view below = without_root(uri);
  if (const auto plain = plain_reference(org, below)) return *plain;
  const auto path = odata::parse_resource_path(below, {});
  if (!path) return refuse(refusal_of(path.error()));
  if (path->size() != 1 || !path->front().has_arguments)
    return refuse(errors::payload(
        "", "The URI '" + std::string(uri) + "' in the payload does not name a single record."));
  const Table* table = org.catalogue->by_entity_set(path->front().name);
  if (table == nullptr) return refuse(errors::no_such_segment(path->front().name));
  TextArena arena;
  FLIT_TRY(address, address_of(org, *table, path->front().arguments, arena));
  if (!address.id) return refuse(address.not_found());
  return Reference{table, *address.id};
}

}  // namespace flit::sim::dataverse
