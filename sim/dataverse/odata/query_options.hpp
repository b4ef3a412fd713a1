#pragma once
/// @file The query of a URL: $select, $filter, $orderby, $expand, $top, $count, $apply, aliases.
///
/// Fact sheet §13: there is no $skip, $search or $format; an unknown $option is refused, options
/// without a dollar sign that the platform knows (fetchXml, savedQuery, userQuery, sql, tag …) are
/// kept as they are. Blanks may be written as %20 or plus. Nothing here knows a table.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "sim/dataverse/odata/expression.hpp"

namespace flit::sim::dataverse::odata {

struct OrderItem {
  std::string path{};
  bool descending = false;

  bool operator==(const OrderItem&) const = default;
};

enum class AggregateMethod : std::uint8_t {
  sum,
  average,
  min,
  max,
  count_distinct,
  count,
  count_values,  ///< FetchXML's countcolumn: rows that have a value
};

std::string_view to_string(AggregateMethod method);

struct Aggregate {
  AggregateMethod method = AggregateMethod::count;
  std::string path{};  ///< empty for $count
  std::string alias{};

  bool operator==(const Aggregate&) const = default;
};

/// filter(…)/groupby((a,b),aggregate(x with sum as y)), or aggregate(…) alone.
struct Apply {
  std::optional<Expression> filter{};
  std::vector<std::string> group_by{};
  std::vector<Aggregate> aggregates{};

  bool operator==(const Apply&) const = default;
};

struct ExpandItem;

struct QueryOptions {
  std::optional<std::vector<std::string>> select{};
  std::optional<Expression> filter{};
  std::vector<OrderItem> order_by{};
  std::vector<ExpandItem> expand;  // no initializer: the type is incomplete here
  std::optional<std::int64_t> top{};
  bool count = false;
  std::optional<Apply> apply{};
  std::string skip_token{};   ///< decoded; empty: none
  std::string delta_token{};  ///< decoded; empty: none
  Aliases aliases{};
  form::Fields others{};  ///< options without a dollar sign, decoded

  /// The first of those options; null if it is not there. "fetchXml" in any case.
  const std::string* other(std::string_view name) const;

  bool operator==(const QueryOptions&) const = default;
};

struct ExpandItem {
  std::string navigation{};
  bool reference = false;  ///< navigation/$ref
  QueryOptions options{};

  bool operator==(const ExpandItem&) const = default;
};

/// Levels of $expand inside $expand that are read.
inline constexpr int max_expand_depth = 10;

/// `encoded`: what follows the question mark; empty is fine.
Result<QueryOptions> parse_query(std::string_view encoded);

/// Only $apply, decoded.
Result<Apply> parse_apply(std::string_view decoded, const Aliases& aliases);

/// Each has the other's form: parse_apply(to_string(x)) == x.
std::string to_string(const Apply& apply);

}  // namespace flit::sim::dataverse::odata
