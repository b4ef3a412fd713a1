#pragma once
/// @file FetchXML, read: what the query says, names unchecked.
///
/// Fact sheet §13; refusals carry the platform's QueryBuilder codes (error code list). Expat reads
/// and is seen only in the .cpp file; document types are refused, depth and size are bounded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/odata/query_options.hpp"

namespace flit::sim::dataverse::odata {

struct FetchAttribute {
  std::string name{};
  std::string alias{};
  std::optional<AggregateMethod> aggregate{};
  bool group_by = false;
  std::string
      date_grouping{};  ///< "year" … "day", "fiscal-period", "fiscal-year"; empty: the value
};

struct FetchCondition {
  std::string entity{};  ///< the alias of a link; empty: the entity around
  std::string attribute{};
  std::string op{};
  std::vector<std::string> values{};
  std::string value_of{};  ///< compare with this column instead
};

struct FetchEntity;

struct FetchFilter {
  bool is_or = false;
  std::vector<FetchCondition> conditions{};
  std::vector<FetchFilter> filters{};
  std::vector<FetchEntity> links;  ///< any, all and their opposites; the type is incomplete here
};

struct FetchOrder {
  std::string entity{};
  std::string attribute{};
  std::string alias{};
  bool descending = false;
};

/// How a link takes part (PD fetchxml/join-tables): the first three join, the others only restrict.
enum class LinkType : std::uint8_t {
  inner,
  outer,
  first,    ///< matchfirstrowusingcrossapply: at most one row of the link
  exists,   ///< exists, in, any, not all: some row of the link fits
  not_any,  ///< no row of the link fits
  all,      ///< there are rows of the link, but none that fits: the filters say what must not be
};

/// The root entity, or a linked one.
struct FetchEntity {
  std::string name{};
  std::string alias{};
  std::string from{};  ///< links: the column of this table
  std::string to{};    ///< links: the column of the table around
  LinkType type = LinkType::inner;
  bool all_attributes = false;
  std::vector<FetchAttribute> attributes{};
  std::vector<FetchFilter> filters{};
  std::vector<FetchOrder> orders{};
  std::vector<FetchEntity> links{};
};

struct FetchQuery {
  FetchEntity entity{};
  std::optional<std::int64_t> top{};
  std::optional<std::int64_t> count{};
  std::int64_t page = 1;
  std::int64_t skip = 0;  ///< rows left out before the first page: SQL's OFFSET, not FetchXML's
  std::string paging_cookie{};  ///< the inner form, as parse_paging_cookie takes it
  bool distinct = false;
  bool aggregate = false;
  bool return_total = false;
  bool from_bin = false;  ///< datasource="bin"
  std::optional<std::int64_t> aggregate_limit{};
};

/// Levels of elements that are read.
inline constexpr int max_fetch_depth = 32;

Result<FetchQuery> parse_fetch_xml(std::string_view xml);

}  // namespace flit::sim::dataverse::odata
