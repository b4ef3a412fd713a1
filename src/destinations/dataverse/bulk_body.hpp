#pragma once
/// @file The body of a bulk message: every row that can be written down, and what became of the
/// others.

#include <string>
#include <vector>

#include "destinations/dataverse/row_json.hpp"
#include "model/batch.hpp"

namespace flit::destinations::dataverse {

struct BulkBody {
  std::string text;                         ///< {"Targets": […]}, of `rows`
  std::vector<std::size_t> rows{};          ///< those that could be written down, in their order
  std::vector<model::RowOutcome> outcomes;  ///< of every row; the others have failed
};

/// Each target says its type, which is required of it (facts/dataverse.md §6).
BulkBody bulk_body(const RowPlan& plan, const model::RecordBatch& batch);

/// A row that was not or could not be written; `where` stands before what the error says itself.
model::RowOutcome failed_row(Error error, std::string where);

/// "contact 7eb6…".
std::string where_of(const model::RecordBatch& batch, std::size_t row);

}  // namespace flit::destinations::dataverse
