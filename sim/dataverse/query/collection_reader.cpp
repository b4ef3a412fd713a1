#include "sim/dataverse/query/collection_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/dataverse/query/set_readers.hpp"

namespace flit::sim::dataverse {
namespace {

std::string metadata_context(const CollectionRequest& request, const StoreTable& table,
                             const Shape& shape, std::string_view suffix) {
  const std::string inner = context_of(shape);
  return fmt::format("{}$metadata#{}{}{}", request.root, table.definition().entity_set,
                     inner.empty() ? "" : "(" + inner + ")", suffix);
}

Result<std::optional<odata::Predicate>> bind_filter(const CollectionRequest& request,
                                                    const StoreTable& table) {
  std::optional<odata::Predicate> filter;
  if (!request.options.filter) return filter;
  FLIT_TRY(bound, odata::Predicate::bind(*request.options.filter, table, request.context));
  filter = std::move(bound);
  return filter;
}

/// All rows of the table, or only those that an index says can match.
odata::RowWalk walk_of(const StoreTable& table, std::optional<std::vector<Uuid>> candidates) {
  if (!candidates)
    return [&table](const std::optional<Uuid>& after, const odata::RowVisitor& visit) {
      table.scan(after, visit);
    };
  return [&table, ids = std::move(*candidates)](const std::optional<Uuid>& after,
                                                const odata::RowVisitor& visit) {
    bool go_on = true;
    auto at = after ? std::upper_bound(ids.begin(), ids.end(), *after) : ids.begin();
    for (; at != ids.end() && go_on; ++at)
      table.find(*at, [&](const odata::RowView& row) { return go_on = visit(row); });
  };
}

void write_counts(json::Writer& out, const CollectionRequest& request, const odata::Page& page) {
  const auto& wanted = request.preferences.annotations;
  if (page.count) out.member("@odata.count", *page.count);
  if (wanted.includes(odata::total_record_count))
    out.member(fmt::format("@{}", odata::total_record_count), page.count.value_or(-1));
  if (wanted.includes(odata::total_limit_exceeded))
    out.member(fmt::format("@{}", odata::total_limit_exceeded), page.count_limit_exceeded);
}

}  // namespace

std::string next_link(const CollectionRequest& request, const std::string& skip_token) {
  std::string out = fmt::format("{}{}?", request.root, request.path);
  std::string_view query = request.query;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (part.empty() || part.substr(0, 11) == "$skiptoken=" ||
        part.substr(0, 13) == "%24skiptoken=")
      continue;
    out.append(part).append("&");
  }
  return out.append("$skiptoken=").append(percent::encode(skip_token));
}

Result<std::string> read_collection(const CollectionRequest& request, const StoreTable& table,
                                    const odata::RowWalk& walk) {
  if (request.options.apply) return read_apply(request, table, walk);
  FLIT_TRY(shape, bind_shape(request.options, table, request.context));
  FLIT_TRY(filter, bind_filter(request, table));
  FLIT_TRY(query, odata::page_query(request.options, request.preferences.max_page_size, table,
                                    filter ? &*filter : nullptr));
  FLIT_TRY(page, odata::retrieve_page(walk, query));
  json::Writer out;
  out.begin_object();
  out.member("@odata.context", metadata_context(request, table, shape, ""));
  write_counts(out, request, page);
  out.key("value").begin_array();
  const ShapeWriter writer(request.root, request.preferences);
  for (const Uuid& id : page.rows)
    table.find(id, [&](const odata::RowView& row) {
      out.begin_object();
      writer.write_members(out, static_cast<const StoreRow&>(row), shape);
      out.end_object();
      return false;
    });
  out.end_array();
  if (page.next) out.member("@odata.nextLink", next_link(request, odata::skip_token(*page.next)));
  out.end_object();
  return out.take();
}

Result<std::string> read_collection(const CollectionRequest& request, const StoreTable& table) {
  if (const std::string* xml = request.options.other("fetchXml"))
    return read_fetch(request, table, *xml);
  FLIT_TRY(filter, bind_filter(request, table));
  return read_collection(request, table,
                         walk_of(table, filter ? filter->candidates(table) : std::nullopt));
}

Result<std::int64_t> read_count(const CollectionRequest& request, const StoreTable& table) {
  FLIT_TRY(filter, bind_filter(request, table));
  return odata::count_rows(walk_of(table, filter ? filter->candidates(table) : std::nullopt),
                           filter ? &*filter : nullptr, odata::max_counted_rows);
}

Result<std::int64_t> read_count(const CollectionRequest& request, const StoreTable& table,
                                const odata::RowWalk& walk) {
  FLIT_TRY(filter, bind_filter(request, table));
  return odata::count_rows(walk, filter ? &*filter : nullptr, odata::max_counted_rows);
}

Result<std::string> read_row(const CollectionRequest& request, const StoreRow& row) {
  FLIT_TRY(shape, bind_shape(request.options, row.table(), request.context));
  json::Writer out;
  out.begin_object();
  out.member("@odata.context", metadata_context(request, row.table(), shape, "/$entity"));
  ShapeWriter(request.root, request.preferences).write_members(out, row, shape);
  out.end_object();
  return out.take();
}

}  // namespace flit::sim::dataverse
