#include "sim/dataverse/query/totals_writer.hpp"

#include <fmt/format.h>

#include "sim/dataverse/query/shape_writer.hpp"
#include "sim/dataverse/query/store_view.hpp"

namespace flit::sim::dataverse {
namespace {

using Kind = odata::Value::Kind;

void write_value(json::Writer& out, const odata::Value& value) {
  switch (value.kind) {
    case Kind::null:
      out.null();
      return;
    case Kind::boolean:
      out.boolean(value.number != 0);
      return;
    case Kind::integer:
      out.integer(value.number);
      return;
    case Kind::decimal:
      out.number(value.text);
      return;
    case Kind::floating:
      out.number(value.floating);
      return;
    case Kind::text:
    case Kind::guid:
    case Kind::instant:
    case Kind::date:
      out.string(to_text(value));
      return;
  }
}

/// The table that a lookup's id names: grouped values have lost it.
const Table* target_of(const ReadContext& context, const Column& column, const Uuid& id) {
  for (const std::string& name : column.targets)
    if (const Table* table = context.catalogue.table(name);
        table != nullptr && context.store.row(*table, id) != nullptr)
      return table;
  return nullptr;
}

/// A value as the cell that it came from. Views the value.
Cell cell_of(const ReadContext& context, const Column& column, const odata::Value& value) {
  switch (value.kind) {
    case Kind::null:
      return Cell::null();
    case Kind::boolean:
      return Cell::boolean(value.number != 0);
    case Kind::integer:
      return Cell::integer(value.number);
    case Kind::decimal:
      return Cell::decimal(value.text);
    case Kind::floating:
      return Cell::real(value.floating);
    case Kind::text:
      return Cell::of_text(value.text);
    case Kind::instant:
      return Cell::instant(value.number);
    case Kind::date:
      return Cell::date(value.number);
    case Kind::guid:
      break;
  }
  const Table* target = target_of(context, column, value.id);
  return target == nullptr ? Cell::uuid(value.id) : Cell::lookup(target->index, value.id);
}

bool is_number_of_rows(const odata::TotalColumn& column) {
  using Method = odata::AggregateMethod;
  return column.table == nullptr || column.method == Method::count ||
         column.method == Method::count_values || column.method == Method::count_distinct;
}

/// "2,023", "FY2023", "Quarter 1 FY2023" (PD fetchxml/aggregate-data).
std::string date_part_text(std::string_view grouping, std::int64_t number) {
  if (grouping == "fiscal-year") return fmt::format("FY{}", number);
  if (grouping != "fiscal-period") return whole_text(number);
  return fmt::format("Quarter {} FY{}", number % 100, number / 100);
}

/// Writes one member of the object, its annotations before it.
class MemberWriter {
 public:
  MemberWriter(json::Writer& out, const odata::AnnotationPatterns& wanted,
               const ReadContext& context)
      : out_(out), wanted_(wanted), context_(context) {}

  void write(const odata::TotalColumn& column, const odata::Value& value) {
    if (is_number_of_rows(column))
      annotate(column, odata::formatted_value, whole_text(value.number));
    else if (!column.date_grouping.empty())
      annotate(column, odata::formatted_value, date_part_text(column.date_grouping, value.number));
    else
      write_shown(column, value);
    out_.key(column.name);
    write_value(out_, value);
  }

 private:
  void annotate(const odata::TotalColumn& column, std::string_view annotation,
                std::string_view text) {
    if (wanted_.includes(annotation))
      out_.member(fmt::format("{}@{}", column.name, annotation), text);
  }

  void write_shown(const odata::TotalColumn& total, const odata::Value& value) {
    const Table& table = static_cast<const StoreTable&>(*total.table).definition();
    const Column& column = table.column_at(static_cast<std::uint16_t>(total.property.handle));
    const Cell cell = cell_of(context_, column, value);
    if (const auto text = display_text(context_, table, nullptr, column, cell))
      annotate(total, odata::formatted_value, *text);
    if (cell.kind == CellKind::lookup)
      annotate(total, odata::lookup_logical_name,
               context_.catalogue.table_at(cell.table).logical_name);
  }

  json::Writer& out_;
  const odata::AnnotationPatterns& wanted_;
  const ReadContext& context_;
};

}  // namespace

void write_totals(json::Writer& out, const odata::Preferences& preferences,
                  const ReadContext& context, std::span<const odata::TotalColumn> columns,
                  std::span<const odata::Constant> row) {
  MemberWriter writer(out, preferences.annotations, context);
  out.begin_object();
  for (std::size_t i = 0; i < row.size(); ++i)
    if (const odata::Value value = row[i].value(); !value.is_null())
      writer.write(columns[i], value);
  out.end_object();
}

}  // namespace flit::sim::dataverse
