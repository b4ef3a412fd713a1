#pragma once
/// @file FetchXML's aggregate queries (§13): groups, totals, their order.

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/fetch_join.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"
#include "sim/dataverse/odata/value.hpp"

namespace flit::sim::dataverse::odata {

/// An attribute of the query, bound: where its values come from and what it is called.
struct AggregateColumn {
  const FetchAttribute* attribute = nullptr;
  std::string name{};
  std::size_t place = 0;
  Property property{};
};

/// One row per group, one value per column in the order of the text. 0x80041107 for an attribute
/// that is neither grouped nor aggregated, 0x80041134 for an order without alias, 0x8004e023 beyond
/// the limit.
Result<std::vector<std::vector<Constant>>> aggregate_fetch(
    const FetchQuery& query, FetchJoin& join, std::span<const AggregateColumn> columns);

/// Nulls before everything else, as the platform sorts them.
std::weak_ordering compare_nulls_first(const Value& left, const Value& right);

}  // namespace flit::sim::dataverse::odata
