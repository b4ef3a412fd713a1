#pragma once
/// @file FetchXML (§13), run: columns, order and pages of what fetch_join.hpp joins, over the same
/// faces as $filter.
///
/// The rows of a page are kept as ids only. Order by columns of links, and distinct over them, are
/// supported; paging is by number and size, the cookie says only which page was read (clients hand
/// it back and count the pages themselves, PD fetchxml/page-results).

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/aggregation.hpp"
#include "sim/dataverse/odata/fetch_join.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"
#include "sim/dataverse/odata/retrieve.hpp"
#include "sim/dataverse/odata/row.hpp"

namespace flit::sim::dataverse::odata {

struct FetchColumn {
  std::string name{};  ///< in the answer: "name", "c.fullname", an alias
  int entity = 0;      ///< place in FetchPage::tables
  Property property{};
};

struct FetchPage {
  std::vector<const TableView*> tables{};  ///< root first, then links in the order of the text
  std::vector<FetchColumn> columns{};
  bool all_root_columns = false;
  /// Per row the ids of its entities (none: an outer join found nothing); empty when aggregated.
  std::vector<std::vector<std::optional<Uuid>>> rows{};
  std::vector<TotalColumn> total_columns{};     ///< aggregate queries
  std::vector<std::vector<Constant>> totals{};  ///< their rows: one value per column
  std::optional<PagingCookie> next{};
  std::optional<std::int64_t> count{};  ///< returntotalrecordcount, at most 5,000
  bool count_limit_exceeded = false;
};

/// `page_size`: the client's preference, overruled by the query's own count.
Result<FetchPage> run_fetch(const FetchQuery& query, const TableFinder& tables,
                            const QueryContext& context, std::optional<std::int64_t> page_size);

}  // namespace flit::sim::dataverse::odata
