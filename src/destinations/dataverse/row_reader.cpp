#include "destinations/dataverse/row_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "destinations/dataverse/row_values.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::Arena;
using model::Value;

/// The columns of one question, and the query that asks for them.
struct Selection {
  std::vector<const Column*> columns;
  std::string query;  ///< "$select=…&$expand=…"
};

Result<Selection> select(const Table& table, std::span<const std::string> names) {
  Selection selection;
  std::string select = table.primary_id;
  std::string expand;
  for (const std::string& name : names) {
    FLIT_TRY(column, table.column(name));
    selection.columns.push_back(column);
    if (column->form == Form::parties)
      expand = "&$expand=" + name + "($select=participationtypemask,addressused,_partyid_value)";
    else if (name != table.primary_id)
      select += "," + property_of(*column);
  }
  selection.query = "$select=" + select + expand;
  return selection;
}

/// Cells that a page brings at most, so that memory does not grow with the width of rows.
constexpr std::size_t cells_of_a_page = 40'000;
constexpr std::size_t least_rows_of_a_page = 500;

/// Narrow rows come many to a page: each page is a request.
http::Headers read_headers(std::size_t columns, std::size_t most_rows) {
  const std::size_t rows =
      std::max(least_rows_of_a_page, cells_of_a_page / std::max<std::size_t>(1, columns));
  return {{"Prefer",
           fmt::format("odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\","
                       "odata.maxpagesize={}",
                       std::min(rows, most_rows))}};
}

Result<void> hand_over(json::Value rows, const Table& table, const Selection& selection,
                       const model::RowSink& sink) {
  Arena arena;
  std::vector<Value> cells(selection.columns.size());
  for (const json::Value row : rows.elements()) {
    arena.reset();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      FLIT_TRY(cell, read_cell(row, *selection.columns[i], arena));
      cells[i] = cell;
    }
    const std::string id = text::ascii_lower(row[table.primary_id].string_or(""));
    FLIT_TRY_VOID(sink({id, row["@odata.etag"].string_or(""), cells}));
  }
  return {};
}

/// One condition; "" stands for an empty column.
Result<std::string> condition(const Column& column, std::string_view value) {
  const std::string property = property_of(column);
  if (value.empty()) return property + " eq null";
  switch (column.form) {
    case Form::integer:
    case Form::decimal:
    case Form::choice:
    case Form::boolean:
    case Form::date:
    case Form::instant:
    case Form::lookup:
    case Form::uuid:
      return fmt::format("{} eq {}", property, value);
    case Form::text:
      return fmt::format("{} eq '{}'", property, text::replace_all(value, "'", "''"));
    default:
      return Error{.message = fmt::format("rows cannot be found by {}", column.name),
                   .where = column.name};
  }
}

Result<std::string> filter_of(const Table& table, const model::RowFilter& filter) {
  std::string all;
  for (const auto& [name, value] : filter.equal) {
    FLIT_TRY(column, table.column(name));
    FLIT_TRY(one, condition(*column, value));
    all += (all.empty() ? "" : " and ") + one;
  }
  return all.empty() ? std::string() : "&$filter=" + percent::encode(all);
}

std::string in_filter(const Table& table, std::span<const std::string> ids) {
  std::string values;
  for (const std::string& id : ids) values += fmt::format("{}'{}'", values.empty() ? "" : ",", id);
  return fmt::format("&$filter=Microsoft.Dynamics.CRM.In(PropertyName='{}',PropertyValues=[{}])",
                     table.primary_id, values);
}

/// Quotes and comma around an id.
constexpr std::size_t id_length = Uuid::text_length + 3;

/// How many ids fit into one URL; at least one.
std::size_t ids_per_request(const WebApi& api, const Table& table, const Selection& selection) {
  const std::size_t fixed = api.root().size() + table.set.size() + selection.query.size() + 120;
  const std::size_t room = api.settings().url_length;
  return std::max<std::size_t>(1, room > fixed ? (room - fixed) / id_length : 1);
}

Result<std::optional<http::Url>> next_of(const WebApi& api, json::Value page) {
  const auto link = page["@odata.nextLink"].as_string();
  if (!link) return std::optional<http::Url>();
  FLIT_TRY(url, api.link(*link));
  return std::optional(std::move(url));
}

}  // namespace

Result<void> RowReader::read(std::string_view table, std::span<const std::string> columns,
                             std::span<const std::string> ids, const model::RowSink& sink,
                             std::stop_token stop) {
  FLIT_TRY(described, metadata_.table(table, stop));
  FLIT_TRY(selection, select(*described, columns));
  for (const std::string& id : ids) FLIT_TRY_VOID(Uuid::parse(id));
  const std::size_t per_request = ids_per_request(api_, *described, selection);
  for (std::size_t at = 0; at < ids.size(); at += per_request) {
    const auto some = ids.subspan(at, std::min(per_request, ids.size() - at));
    FLIT_TRY(first, api_.url(described->set + "?" + selection.query + in_filter(*described, some)));
    std::optional<http::Url> url = std::move(first);
    while (url) {
      FLIT_TRY(response,
               api_.get(*url, stop, read_headers(columns.size(), api_.settings().page_rows)));
      FLIT_TRY(document, json_of(response));
      FLIT_TRY(rows, rows_in(document, described->set));
      FLIT_TRY_VOID(hand_over(rows, *described, selection, sink));
      FLIT_TRY(next, next_of(api_, document.root()));
      url = std::move(next);
    }
  }
  return {};
}

Result<std::optional<model::Cursor>> RowReader::scan(const model::RowQuery& query,
                                                     const std::optional<model::Cursor>& from,
                                                     const model::RowSink& sink,
                                                     std::stop_token stop) {
  FLIT_TRY(described, metadata_.table(query.table, stop));
  FLIT_TRY(selection, select(*described, query.columns));
  FLIT_TRY(condition, filter_of(*described, query.filter));
  // The link's cookie names the page, and the columns that were asked for (§13).
  FLIT_TRY(url, from ? api_.link(from->text())
                     : api_.url(fmt::format("{}?{}{}&$orderby={}", described->set, selection.query,
                                            condition, described->primary_id)));
  FLIT_TRY(response,
           api_.get(url, stop, read_headers(query.columns.size(), api_.settings().page_rows)));
  FLIT_TRY(document, json_of(response));
  FLIT_TRY(rows, rows_in(document, described->set));
  FLIT_TRY_VOID(hand_over(rows, *described, selection, sink));
  FLIT_TRY(next, next_of(api_, document.root()));
  if (!next) return std::optional<model::Cursor>();
  return std::optional(model::Cursor(next->text()));
}

Result<std::string> RowReader::author(std::stop_token stop) {
  FLIT_TRY(who, api_.get("WhoAmI", std::move(stop)));
  FLIT_TRY(document, json_of(who));
  std::string user = text::ascii_lower(document.root()["UserId"].string_or(""));
  if (!user.empty()) return user;
  return Error{.fault = Fault::transient,
               .message = "the answer does not say who we are",
               .where = api_.root() + "/WhoAmI"};
}

Result<std::string> RowReader::editor_column(std::string_view table, std::stop_token stop) {
  FLIT_TRY(described, metadata_.table(table, std::move(stop)));
  return std::string(described->find("modifiedby") != nullptr ? "modifiedby" : "");
}

std::string RowReader::shown_in(std::string_view table, std::string_view column) const {
  const auto known = metadata_.known(table);
  const bool hidden = known && known->find("createdon") == nullptr;
  return std::string(column == "overriddencreatedon" && !hidden ? "createdon" : column);
}

Value RowReader::stored(std::string_view table, std::string_view column, const Value& written,
                        Arena& arena) const {
  const auto known = metadata_.known(table);
  const Column* found = known ? known->find(column) : nullptr;
  return found ? dataverse::stored(*found, written, arena) : written;
}

}  // namespace flit::destinations::dataverse
