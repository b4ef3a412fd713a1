#pragma once
/// @file A SELECT statement, read: what it says, names unchecked (beside §13). The dialect:
/// sql_query.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"

namespace flit::sim::dataverse::odata {

/// "t.new_code" or "new_code", in lower case.
struct SqlColumn {
  std::string alias{};
  std::string name{};
};

struct SqlItem {
  SqlColumn column{};
  std::string alias{};  ///< in the answer; empty: the column's own name
  std::optional<AggregateMethod> aggregate{};
  bool all = false;  ///< "*" or "t.*"
};

/// A table of FROM or JOIN.
struct SqlSource {
  std::string table{};
  std::string alias{};
  bool left = false;
  std::pair<SqlColumn, SqlColumn> on{};  ///< joins: equal columns, in either order
  std::vector<FetchFilter> filters{};    ///< joins: what else ON asks
};

struct SqlOrder {
  SqlColumn column{};
  bool descending = false;
};

/// Conditions carry a table's alias in FetchCondition::entity, empty where the text has none.
struct SqlSelect {
  bool distinct = false;
  bool aggregate = false;
  std::optional<std::int64_t> top{};
  std::int64_t skip = 0;
  std::vector<SqlItem> items{};
  std::vector<SqlSource> sources{};
  FetchFilter where{};
  std::vector<SqlColumn> groups{};
  std::vector<SqlOrder> orders{};
};

/// Levels of parentheses and NOT that are read.
inline constexpr int max_sql_depth = 100;

/// Code 0x80040203.
Result<SqlSelect> parse_select(std::string_view text);

}  // namespace flit::sim::dataverse::odata
