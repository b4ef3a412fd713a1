#pragma once
/// @file The platform's ?sql= option (beside §13, from PY): a SELECT becomes the FetchXML query
/// that says the same.
///
/// What it takes is what Microsoft's Python SDK proves against live environments [S: PY
/// data/_odata_base.py, examples/advanced/sql_examples.py]: columns with aliases, DISTINCT, TOP,
/// inner and left joins, WHERE with =, <>, <, >, LIKE, IN, BETWEEN, IS NULL, AND, OR, NOT, the five
/// aggregates with GROUP BY, ORDER BY, OFFSET … FETCH. Writes, HAVING, UNION, WITH, subqueries,
/// right, full and cross joins and functions are refused.

#include <string_view>

#include "base/result.hpp"
#include "sim/dataverse/odata/fetch_run.hpp"
#include "sim/dataverse/odata/fetch_xml.hpp"

namespace flit::sim::dataverse::odata {

/// Column names without an alias are looked up in `tables`. Codes 0x80040203 (the statement),
/// 0x80041102 (a table), 0x80041103 (a column).
Result<FetchQuery> parse_sql(std::string_view text, const TableFinder& tables);

}  // namespace flit::sim::dataverse::odata
