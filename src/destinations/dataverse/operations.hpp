#pragma once
/// @file One row of a batch as one operation of the Web API, for every verb (facts/dataverse.md §3,
/// §12). Pure: metadata in, request out.

#include <memory>
#include <vector>

#include "destinations/dataverse/row_json.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/batch.hpp"

namespace flit::destinations::dataverse {

class OperationPlan {
 public:
  /// `table` and `sets` outlive the plan; `root` is the API's own URL. Fault::setup: a column that
  /// the table does not have.
  static Result<OperationPlan> compile(const Table& table, const SetNames& sets, std::string root,
                                       const model::RecordBatch& batch);

  /// An error is the row's own.
  Result<Operation> operation(const model::RecordBatch& batch, std::size_t row) const;

 private:
  OperationPlan(const Table& table, const SetNames& sets, std::string root)
      : table_(table), sets_(sets), root_(std::move(root)) {}

  Result<std::string> row_address(const model::RowHeader& header) const;
  Result<std::string> body(const model::RecordBatch& batch, std::size_t row) const;
  Result<Operation> change(const model::RecordBatch& batch, std::size_t row) const;
  Result<Operation> close(const model::RecordBatch& batch, std::size_t row) const;
  Result<Operation> link(const model::RecordBatch& batch, std::size_t row) const;

  const Table& table_;
  const SetNames& sets_;
  std::string root_;
  std::vector<RowPlan> rows_;  // none for link and unlink
};

}  // namespace flit::destinations::dataverse
