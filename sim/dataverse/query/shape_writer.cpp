#include "sim/dataverse/query/shape_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "base/encoding.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse {
namespace {

void write_value(json::Writer& out, const Column& column, const Cell& cell) {
  switch (cell.kind) {
    case CellKind::absent:
    case CellKind::null:
      out.null();
      return;
    case CellKind::no:
      out.boolean(false);
      return;
    case CellKind::yes:
      out.boolean(true);
      return;
    case CellKind::integer:
      out.integer(cell.number);
      return;
    case CellKind::decimal:
      break;
    case CellKind::floating:
      out.number(cell.floating);
      return;
    case CellKind::instant:
      out.string(odata::instant_text(cell.number));
      return;
    case CellKind::date:
      out.string(odata::date_text(cell.number));
      return;
    case CellKind::uuid:
    case CellKind::lookup:
      out.string(cell.id.text());
      return;
    case CellKind::text:
      out.string(cell.text);
      return;
  }
  // Money is kept with four places (PD fetchxml/page-results shows "annualincome": 45000.0000).
  const auto money = Decimal::parse(cell.text);
  const auto exact = money && column.type == ColumnType::money
                         ? money->rescaled(4, RoundingMode::half_up)
                         : Result<Decimal>(odata::uri_fault(""));
  out.number(exact ? exact->text() : std::string(cell.text));
}

/// The navigation property that a client would bind to write this lookup.
std::string_view navigation_of(const Column& column, const Table& target) {
  for (const NavigationProperty& property : column.navigation)
    if (std::find(property.targets.begin(), property.targets.end(), target.logical_name) !=
        property.targets.end())
      return property.name;
  return column.logical_name;
}

/// The nested options again, for the link to the next page of an expanded collection.
std::string query_of(const odata::QueryOptions& options) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    out.append(out.empty() ? "" : "&").append(name).append("=").append(percent::encode(value));
  };
  if (options.select) {
    std::string names;
    for (const std::string& name : *options.select)
      names.append(names.empty() ? "" : ",").append(name);
    add("$select", names);
  }
  if (options.filter) add("$filter", to_string(*options.filter));
  std::string order;
  for (const odata::OrderItem& item : options.order_by)
    order.append(order.empty() ? "" : ",").append(item.path).append(item.descending ? " desc" : "");
  if (!order.empty()) add("$orderby", order);
  return out;
}

class ShapeBinder {
 public:
  explicit ShapeBinder(const odata::QueryContext& context) : context_(context) {}

  Result<Shape> bind(const odata::QueryOptions& options, const StoreTable& view) const {
    Shape shape;
    shape.all = !options.select;
    const Table& table = view.definition();
    if (options.select) FLIT_TRY_VOID(bind_select(*options.select, table, shape));
    for (const odata::ExpandItem& item : options.expand) {
      FLIT_TRY(expansion, bind_expansion(item, view));
      shape.expansions.push_back(std::move(expansion));
    }
    return shape;
  }

 private:
  static Result<void> bind_select(const std::vector<std::string>& names, const Table& table,
                                  Shape& shape) {
    bool money = false;
    const auto add = [&](const Column* column) {
      if (std::find(shape.columns.begin(), shape.columns.end(), column) == shape.columns.end())
        shape.columns.push_back(column);
    };
    for (const std::string& name : names) {
      if (name == "*") {
        shape.all = true;
        continue;
      }
      const Column* column = table.property(name);
      if (column == nullptr || !is_property(*column))
        return odata::unknown_property(name, table.logical_name);
      money = money || column->type == ColumnType::money;
      add(column);
    }
    // Seen in PD fetchxml/page-results: a money column brings the row's currency along.
    if (money && table.currency_column() != nullptr) add(table.currency_column());
    if (table.id_column() != nullptr) add(table.id_column());
    return {};
  }

  Result<Expansion> bind_expansion(const odata::ExpandItem& item, const StoreTable& view) const {
    const auto navigation = view.navigation(item.navigation);
    if (!navigation) return odata::unknown_property(item.navigation, view.logical_name());
    Expansion expansion{.name = item.navigation,
                        .navigation = *navigation,
                        .target = &view.view_of(*view.way(navigation->handle).target),
                        .reference = item.reference,
                        .query = query_of(item.options)};
    FLIT_TRY(shape, bind(item.options, *expansion.target));
    expansion.shape = std::move(shape);
    if (item.options.filter) {
      FLIT_TRY(filter, odata::Predicate::bind(*item.options.filter, *expansion.target, context_));
      expansion.filter = std::move(filter);
    }
    FLIT_TRY(page, odata::page_query(item.options, std::nullopt, *expansion.target, nullptr));
    expansion.page = std::move(page);
    return expansion;
  }

  const odata::QueryContext& context_;
};

}  // namespace

Result<Shape> bind_shape(const odata::QueryOptions& options, const StoreTable& table,
                         const odata::QueryContext& context) {
  return ShapeBinder(context).bind(options, table);
}

std::string context_of(const Shape& shape) {
  std::string out;
  const auto add = [&](std::string_view text) { out.append(out.empty() ? "" : ",").append(text); };
  if (!shape.all)
    for (const Column* column : shape.columns) add(column->property_name());
  for (const Expansion& expansion : shape.expansions)
    add(expansion.name + "(" + context_of(expansion.shape) + ")");
  return out;
}

std::string version_tag(const Row& row) {
  return fmt::format("W/\"{}\"", row.head.version);
}

void ShapeWriter::write_members(json::Writer& out, const StoreRow& row, const Shape& shape) const {
  out.member("@odata.etag", version_tag(row.row()));
  if (shape.all) {
    for (const Column& column : row.table().definition().columns())
      if (is_property(column)) write_column(out, row, column, column.property_name());
  } else {
    for (const Column* column : shape.columns)
      write_column(out, row, *column, column->property_name());
  }
  for (const Expansion& expansion : shape.expansions) write_expansion(out, row, expansion);
}

void ShapeWriter::write_column(json::Writer& out, const StoreRow& row, const Column& column,
                               const std::string& name) const {
  if (!preferences_.annotations.empty()) write_annotations(out, row, column, name);
  std::string scratch;
  out.key(name);
  write_value(
      out, column,
      read_cell(row.table().context(), row.table().definition(), row.row(), column, scratch));
}

void ShapeWriter::write_annotations(json::Writer& out, const StoreRow& row, const Column& column,
                                    const std::string& name) const {
  const ReadContext& context = row.table().context();
  const Table& table = row.table().definition();
  std::string scratch;
  const Cell cell = read_cell(context, table, row.row(), column, scratch);
  if (!cell.has_value()) return;
  const auto& wanted = preferences_.annotations;
  if (wanted.includes(odata::formatted_value)) {
    const auto text = display_text(context, table, &row.row(), column, cell);
    if (text) out.member(fmt::format("{}@{}", name, odata::formatted_value), *text);
  }
  if (cell.kind != CellKind::lookup) return;
  const Table& target = context.catalogue.table_at(cell.table);
  if (wanted.includes(odata::associated_navigation))
    out.member(fmt::format("{}@{}", name, odata::associated_navigation),
               navigation_of(column, target));
  if (wanted.includes(odata::lookup_logical_name))
    out.member(fmt::format("{}@{}", name, odata::lookup_logical_name), target.logical_name);
}

void ShapeWriter::write_element(json::Writer& out, const StoreRow& row,
                                const Expansion& expansion) const {
  out.begin_object();
  if (expansion.reference)
    out.member("@odata.id", fmt::format("{}{}({})", root_, row.table().definition().entity_set,
                                        row.id().text()));
  else
    write_members(out, row, expansion.shape);
  out.end_object();
}

void ShapeWriter::write_expansion(json::Writer& out, const StoreRow& row,
                                  const Expansion& expansion) const {
  if (expansion.navigation.is_collection) {
    write_collection(out, row, expansion);
    return;
  }
  out.key(expansion.name);
  bool found = false;
  row.follow(expansion.navigation.handle, [&](const odata::RowView& other) {
    found = true;
    write_element(out, static_cast<const StoreRow&>(other), expansion);
    return false;
  });
  if (!found) out.null();
}

void ShapeWriter::write_collection(json::Writer& out, const StoreRow& row,
                                   const Expansion& expansion) const {
  const odata::RowWalk walk = [&](const std::optional<Uuid>& after,
                                  const odata::RowVisitor& visit) {
    row.follow(expansion.navigation.handle, [&](const odata::RowView& other) {
      return (after && other.id() <= *after) || visit(other);
    });
  };
  odata::PageQuery query = expansion.page;
  query.filter = expansion.filter ? &*expansion.filter : nullptr;
  if (query.pages && preferences_.max_page_size)
    query.rows = std::clamp<std::int64_t>(*preferences_.max_page_size, 1, odata::max_page_rows);
  const auto page = odata::retrieve_page(walk, query);
  out.key(expansion.name).begin_array();
  if (page)
    for (const Uuid& id : page->rows)
      expansion.target->find(id, [&](const odata::RowView& other) {
        write_element(out, static_cast<const StoreRow&>(other), expansion);
        return false;
      });
  out.end_array();
  if (page && page->count) out.member(expansion.name + "@odata.count", *page->count);
  if (!page || !page->next) return;
  const std::string own = fmt::format("{}{}({})/{}?{}", root_, row.table().definition().entity_set,
                                      row.id().text(), expansion.name, expansion.query);
  out.member(expansion.name + "@odata.nextLink",
             own + (expansion.query.empty() ? "" : "&") +
                 "$skiptoken=" + percent::encode(odata::skip_token(*page->next)));
}

}  // namespace flit::sim::dataverse
