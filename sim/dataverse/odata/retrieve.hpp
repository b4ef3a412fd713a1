#pragma once
/// @file One page of a query: filter, order, cut, count, and where the next page starts.
///
/// Fact sheet §13: at most 5,000 rows a page; $top and odata.maxpagesize exclude each other (with
/// both, $top is ignored: PD query/page-results); $count stops at 5,000. Without $orderby rows come
/// in the order of their ids and a page costs its own rows; with it, every page is one pass over
/// the table that keeps no more rows than the page has. Nulls come first, as in the database.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/paging_cookie.hpp"
#include "sim/dataverse/odata/predicate.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/row.hpp"

namespace flit::sim::dataverse::odata {

inline constexpr std::int64_t max_page_rows = 5000;
inline constexpr std::int64_t max_counted_rows = 5000;

struct SortKey {
  std::string column{};  ///< as the cookie names it
  BoundPath path{};
  bool descending = false;
};

/// Where a walk over rows comes from: a table, or the collection behind a row.
using RowWalk = std::function<void(const std::optional<Uuid>& after, const RowVisitor& visit)>;

struct PageQuery {
  const Predicate* filter = nullptr;
  std::vector<SortKey> order{};
  std::string_view primary_id{};
  std::int64_t rows = max_page_rows;
  bool pages = true;  ///< false with $top: no next page however many rows are left
  bool count = false;
  std::optional<PagingCookie> after{};
};

struct Page {
  std::vector<Uuid> rows{};
  std::optional<PagingCookie> next{};
  std::optional<std::int64_t> count{};  ///< at most max_counted_rows
  bool count_limit_exceeded = false;
};

/// Codes 0x80041129 and 0x8004112a when the cookie is of another query or cannot be read.
Result<Page> retrieve_page(const RowWalk& walk, const PageQuery& query);

/// $orderby, checked against the table.
Result<std::vector<SortKey>> bind_order(std::span<const OrderItem> items, const TableView& table);

/// The page that options and preference ask for. `filter` must outlive the result.
Result<PageQuery> page_query(const QueryOptions& options, std::optional<std::int64_t> max_page_size,
                             const TableView& table, const Predicate* filter);

/// The number of matching rows, at most `limit`.
std::int64_t count_rows(const RowWalk& walk, const Predicate* filter, std::int64_t limit);

}  // namespace flit::sim::dataverse::odata
