#pragma once
/// @file GET on a set of rows: one page of a table or of a collection behind a row, as JSON.
///
/// Fact sheet §13. REQUIRES: the organization's lock for the whole call.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/dataverse/query/shape_writer.hpp"

namespace flit::sim::dataverse {

struct CollectionRequest {
  std::string_view root{};  ///< "https://org…/api/data/v9.2/"
  std::string_view
      path{};  ///< below the root, as sent: "accounts", "accounts(…)/contact_customer_accounts"
  std::string_view query{};  ///< as sent, without "?"
  const odata::QueryOptions& options;
  const odata::Preferences& preferences;
  const odata::QueryContext& context;
};

/// The rows of a table.
Result<std::string> read_collection(const CollectionRequest& request, const StoreTable& table);

/// The rows of `table` that `walk` visits, in id order.
Result<std::string> read_collection(const CollectionRequest& request, const StoreTable& table,
                                    const odata::RowWalk& walk);

/// accounts/$count: at most 5,000 (fact sheet §13).
Result<std::int64_t> read_count(const CollectionRequest& request, const StoreTable& table);

/// accounts(…)/contact_customer_accounts/$count: of the rows that `walk` visits.
Result<std::int64_t> read_count(const CollectionRequest& request, const StoreTable& table,
                                const odata::RowWalk& walk);

/// One row with its context.
Result<std::string> read_row(const CollectionRequest& request, const StoreRow& row);

/// The request's URL with this token instead of its own.
std::string next_link(const CollectionRequest& request, const std::string& skip_token);

}  // namespace flit::sim::dataverse
