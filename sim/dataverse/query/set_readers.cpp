#include "sim/dataverse/query/set_readers.hpp"

#include <fmt/format.h>

#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/fetch_run.hpp"
#include "sim/dataverse/odata/sql_query.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"
#include "sim/dataverse/query/totals_writer.hpp"

namespace flit::sim::dataverse {
namespace {

/// Writes the pages of one FetchXML query.
class FetchWriter {
 public:
  FetchWriter(const CollectionRequest& request, const odata::FetchPage& page)
      : request_(request), page_(page), rows_(request.root, request.preferences) {}

  std::string write(const StoreTable& table) {
    out_.begin_object();
    out_.member("@odata.context",
                fmt::format("{}$metadata#{}", request_.root, table.definition().entity_set));
    write_annotations();
    out_.key("value").begin_array();
    for (const auto& row : page_.rows) write_row(row);
    for (const auto& totals : page_.totals)
      write_totals(out_, request_.preferences, table.context(), page_.total_columns, totals);
    out_.end_array();
    if (linked_ && page_.next)
      out_.member("@odata.nextLink", next_link(request_, odata::skip_token(*page_.next)));
    out_.end_object();
    return out_.take();
  }

  /// SQL's pages are linked; FetchXML's are asked for by number, with the cookie's annotation.
  FetchWriter& with_links() {
    linked_ = true;
    return *this;
  }

 private:
  void write_annotations() {
    const auto& wanted = request_.preferences.annotations;
    if (request_.options.count && page_.count) out_.member("@odata.count", *page_.count);
    if (wanted.includes(odata::total_record_count))
      out_.member(fmt::format("@{}", odata::total_record_count), page_.count.value_or(-1));
    if (wanted.includes(odata::total_limit_exceeded))
      out_.member(fmt::format("@{}", odata::total_limit_exceeded), page_.count_limit_exceeded);
    // Neither is sent with the last page (PD fetchxml/page-results).
    if (!page_.next || linked_) return;
    if (wanted.includes(odata::fetch_paging_cookie))
      out_.member(fmt::format("@{}", odata::fetch_paging_cookie),
                  odata::fetch_cookie_annotation(*page_.next));
    if (wanted.includes(odata::more_records))
      out_.member(fmt::format("@{}", odata::more_records), true);
  }

  void write_row(const std::vector<std::optional<Uuid>>& ids) {
    out_.begin_object();
    for (std::size_t entity = 0; entity < ids.size(); ++entity) {
      if (!ids[entity]) continue;
      page_.tables[entity]->find(*ids[entity], [&](const odata::RowView& view) {
        write_entity(static_cast<const StoreRow&>(view), entity);
        return false;
      });
    }
    out_.end_object();
  }

  void write_entity(const StoreRow& row, std::size_t entity) {
    const Table& table = row.table().definition();
    if (entity == 0) {
      out_.member("@odata.etag", version_tag(row.row()));
      if (page_.all_root_columns || page_.columns.empty()) {
        for (const Column& column : table.columns())
          if (is_property(column)) write_present(row, column, column.property_name());
        return;
      }
      write_present(row, *table.id_column(), table.id_column()->property_name());
    }
    for (const odata::FetchColumn& wanted : page_.columns) {
      if (wanted.entity != static_cast<int>(entity)) continue;
      const Column& column = table.column_at(static_cast<std::uint16_t>(wanted.property.handle));
      if (entity == 0 && &column == table.id_column()) continue;
      const bool plain = entity == 0 && wanted.name == column.logical_name;
      write_present(row, column, plain ? column.property_name() : wanted.name);
    }
  }

  void write_present(const StoreRow& row, const Column& column, const std::string& name) {
    std::string scratch;
    if (!row.value(column.index, scratch).is_null()) rows_.write_column(out_, row, column, name);
  }

  const CollectionRequest& request_;
  const odata::FetchPage& page_;
  ShapeWriter rows_;
  json::Writer out_;
  bool linked_ = false;
};

odata::TableFinder tables_of(const StoreTable& table) {
  return [&table](std::string_view name) -> const odata::TableView* {
    const Table* found = table.context().catalogue.table(name);
    if (found == &table.definition()) return &table;  // it may be the bin's
    return found == nullptr ? nullptr : &table.view_of(*found);
  };
}

}  // namespace

Result<std::string> read_fetch(const CollectionRequest& request, const StoreTable& table,
                               const std::string& xml) {
  FLIT_TRY(query, odata::parse_fetch_xml(xml));
  if (query.entity.name != table.definition().logical_name)
    return odata::platform_fault("0x80041128",
                                 "The entity name specified in fetchxml does not match the entity "
                                 "name specified in the Entity or Query Expression.");
  query.return_total = query.return_total || request.options.count;
  FLIT_TRY(page, odata::run_fetch(query, tables_of(table), request.context,
                                  request.preferences.max_page_size));
  return FetchWriter(request, page).write(table);
}

Result<std::string> read_sql(const CollectionRequest& request, const StoreTable& table,
                             const std::string& sql) {
  const odata::TableFinder tables = tables_of(table);
  FLIT_TRY(query, odata::parse_sql(sql, tables));
  if (query.entity.name != table.definition().logical_name)
    return odata::platform_fault("0x80040203",
                                 "The table of the SQL statement is not that of the URL.");
  if (!request.options.skip_token.empty()) {
    FLIT_TRY(cookie, odata::parse_skip_token(request.options.skip_token));
    query.page = cookie.page + 1;
  }
  FLIT_TRY(page,
           odata::run_fetch(query, tables, request.context, request.preferences.max_page_size));
  return FetchWriter(request, page).with_links().write(table);
}

Result<std::string> read_apply(const CollectionRequest& request, const StoreTable& table,
                               const odata::RowWalk& walk) {
  std::optional<odata::Predicate> filter;
  if (request.options.filter) {
    FLIT_TRY(bound, odata::Predicate::bind(*request.options.filter, table, request.context));
    filter = std::move(bound);
  }
  FLIT_TRY(result, odata::run_apply(*request.options.apply, filter ? &*filter : nullptr, table,
                                    walk, request.context));
  FLIT_TRY_VOID(odata::order_applied(result, request.options.order_by, request.options.top));
  json::Writer out;
  out.begin_object();
  out.member("@odata.context",
             fmt::format("{}$metadata#{}", request.root, table.definition().entity_set));
  out.key("value").begin_array();
  for (const auto& row : result.rows)
    write_totals(out, request.preferences, table.context(), result.columns, row);
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::sim::dataverse
