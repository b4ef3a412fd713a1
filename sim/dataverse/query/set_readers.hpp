#pragma once
/// @file The other answers that a set of rows can give: FetchXML, SQL, $apply's groups and totals.
///
/// Fact sheet §13. REQUIRES: the organization's lock for the whole call.

#include <string>

#include "base/result.hpp"
#include "sim/dataverse/query/collection_reader.hpp"

namespace flit::sim::dataverse {

/// accounts?fetchXml=…: columns without a value are left out, as in the platform's samples.
Result<std::string> read_fetch(const CollectionRequest& request, const StoreTable& table,
                               const std::string& xml);

/// accounts?sql=SELECT …: at most 5,000 rows a page, the next one behind @odata.nextLink.
Result<std::string> read_sql(const CollectionRequest& request, const StoreTable& table,
                             const std::string& sql);

/// accounts?$apply=…
Result<std::string> read_apply(const CollectionRequest& request, const StoreTable& table,
                               const odata::RowWalk& walk);

}  // namespace flit::sim::dataverse
