#include "sim/dataverse/query/row_writer.hpp"

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/values/dates.hpp"

namespace flit::sim::dataverse {
namespace {

void write_annotations(json::Writer& out, const Organization& org, const RowReader& reader,
                       const Column& column, const Cell& cell,
                       const odata::AnnotationPatterns& wanted) {
  if (!cell.has_value()) return;
  const std::string property = column.property_name();
  if (wanted.includes(odata::formatted_value)) {
    const std::string text = formatted_value(org, column, cell);
    if (!text.empty()) out.member(property + "@" + std::string(odata::formatted_value), text);
  }
  if (cell.kind != CellKind::lookup) return;
  const Table& target = org.catalogue->table_at(cell.table);
  if (wanted.includes(odata::associated_navigation))
    for (const NavigationProperty& navigation : column.navigation)
      for (const std::string& name : navigation.targets)
        if (name == target.logical_name)
          out.member(property + "@" + std::string(odata::associated_navigation), navigation.name);
  if (wanted.includes(odata::lookup_logical_name))
    out.member(property + "@" + std::string(odata::lookup_logical_name), target.logical_name);
  (void)reader;
}

bool is_shown(const Column& column) {
  return column.in_web_api && column.valid_for_read && !column.is_deleted &&
         column.type != ColumnType::party_list && column.type != ColumnType::managed_property &&
         column.type != ColumnType::virtual_;
}

}  // namespace

std::string etag_of(const Row& row) {
  return "W/\"" + std::to_string(row.head.version) + "\"";
}

Answer<std::vector<const Column*>> selected_columns(const Table& table,
                                                    const std::vector<std::string>& names) {
  std::vector<const Column*> columns;
  for (const std::string& name : names) {
    const Column* column = table.property(name);
    if (column == nullptr || !is_shown(*column))
      return refuse(errors::no_such_property(name, table.logical_name));
    columns.push_back(column);
  }
  return columns;
}

void write_value(json::Writer& out, const Cell& cell) {
  std::string text;
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null: out.null(); break;
    case CellKind::no: out.boolean(false); break;
    case CellKind::yes: out.boolean(true); break;
    case CellKind::integer: out.integer(cell.number); break;
    case CellKind::decimal: out.number(cell.text); break;
    case CellKind::floating: out.number(cell.floating); break;
    case CellKind::instant:
      append_instant_text(text, cell.number);
      out.string(text);
      break;
    case CellKind::date:
      append_date_text(text, cell.number);
      out.string(text);
      break;
    case CellKind::uuid:
    case CellKind::lookup: out.string(cell.id.text()); break;
    case CellKind::text: out.string(cell.text); break;
  }
}

void write_row_members(json::Writer& out, const Organization& org, const RowReader& reader,
                       const RowFormat& format) {
  const Table& table = reader.table();
  out.member("@odata.etag", etag_of(reader.row()));
  std::string scratch;
  const auto write = [&](const Column& column) {
    const Cell cell = reader.value(column, scratch);
    if (format.annotations != nullptr)
      write_annotations(out, org, reader, column, cell, *format.annotations);
    out.key(column.property_name());
    write_value(out, cell);
  };
  if (format.columns.empty()) {
    for (const Column& column : table.columns())
      if (is_shown(column)) write(column);
    return;
  }
  bool has_id = false;
  for (const Column* column : format.columns) {
    write(*column);
    has_id |= column->role == Role::primary_id;
  }
  if (!has_id && table.id_column() != nullptr) write(*table.id_column());
}

}  // namespace flit::sim::dataverse
