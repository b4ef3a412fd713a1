#pragma once
/// @file Rows sent one by one until each has an outcome that is final.
///
/// A row that meets a limit, a lock or a passing fault of its own is sent again with the others
/// like it, a bounded number of times. REQUIRES: rows that may be sent twice: their identity or
/// their version makes that harmless. Not thread-safe.

#include <functional>
#include <stop_token>
#include <vector>

#include "base/result.hpp"
#include "engine/pacer.hpp"
#include "model/batch.hpp"
#include "model/destination.hpp"

namespace flit::engine {

using Submit = std::function<Result<model::Submission>(const model::RecordBatch&)>;

/// Sends those rows of a batch again whose outcome is not final; puts in what came of them.
Result<void> send_unsettled_again(const model::RecordBatch& batch,
                                  std::vector<model::RowOutcome>& outcomes, const Submit& submit);

/// One outcome a row, in the order of the batch. An error is about the whole.
Result<std::vector<model::RowOutcome>> send_each(model::BatchWriter& writer, Pacer& pacer,
                                                 const model::RecordBatch& batch,
                                                 std::stop_token stop);

}  // namespace flit::engine
