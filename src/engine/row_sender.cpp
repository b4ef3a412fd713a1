#include "engine/row_sender.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::engine {
namespace {

using model::RecordBatch;
using model::RowOutcome;

/// How often rows that could not be settled are sent once more before their error is final.
constexpr int most_resends = 5;

bool worth_another_try(const RowOutcome& outcome) {
  if (outcome.kind != RowOutcome::Kind::failed || !outcome.error) return false;
  switch (outcome.error->fault) {
    case Fault::limit:
    case Fault::transient:
    case Fault::ambiguous:
      return true;
    case Fault::setup:
    case Fault::permanent:
    case Fault::cancelled:
      return false;
  }
  return false;
}

std::vector<std::size_t> unsettled(const std::vector<RowOutcome>& outcomes) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    if (worth_another_try(outcomes[i])) rows.push_back(i);
  return rows;
}

RecordBatch part_of(const RecordBatch& batch, const std::vector<std::size_t>& rows) {
  RecordBatch part(batch.table(), batch.verb(), batch.columns());
  for (const std::size_t row : rows) {
    const std::span<model::Value> cells = part.append(batch.header(row));
    std::copy(batch.row(row).begin(), batch.row(row).end(), cells.begin());
  }
  return part;
}

}  // namespace

Result<void> send_unsettled_again(const RecordBatch& batch, std::vector<RowOutcome>& outcomes,
                                  const Submit& submit) {
  std::vector<std::size_t> open = unsettled(outcomes);
  for (int round = 0; round < most_resends && !open.empty(); ++round) {
    FLIT_TRY(again, submit(part_of(batch, open)));
    FLIT_CHECK(again.outcomes.size() == open.size(), "a connector answers for every row");
    for (std::size_t i = 0; i < open.size(); ++i) outcomes[open[i]] = std::move(again.outcomes[i]);
    open = unsettled(outcomes);
  }
  return {};
}

Result<std::vector<RowOutcome>> send_each(model::BatchWriter& writer, Pacer& pacer,
                                          const RecordBatch& batch, std::stop_token stop) {
  const Submit submit = [&](const RecordBatch& rows) {
    return pacer.call<model::Submission>(
        Repeat::identified_writes, stop,
        [&] { return writer.submit(rows, model::Road::individual, stop); }, rows.size());
  };
  FLIT_TRY(submission, submit(batch));
  std::vector<RowOutcome> outcomes = std::move(submission.outcomes);
  FLIT_CHECK(outcomes.size() == batch.size(), "a connector answers for every row");
  FLIT_TRY_VOID(send_unsettled_again(batch, outcomes, submit));
  return outcomes;
}

}  // namespace flit::engine
