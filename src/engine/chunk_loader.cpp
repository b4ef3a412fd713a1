#include "engine/chunk_loader.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::engine {
namespace {

using model::Road;
using model::RowOutcome;
using store::State;

/// How often single rows that could not be settled are sent once more before their error is final.
constexpr int most_resends = 5;

/// There, whoever wrote it: our identities are nobody else's, so "exists" is an earlier try of
/// ours.
bool is_there(const RowOutcome& outcome) {
  return outcome.kind == RowOutcome::Kind::done || outcome.kind == RowOutcome::Kind::exists;
}

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

}  // namespace

LoadCounts& LoadCounts::operator+=(const LoadCounts& other) {
  done += other.done;
  failed += other.failed;
  requests += other.requests;
  return *this;
}

ChunkLoader::ChunkLoader(Environment& environment, model::BatchWriter& writer, Pacer& pacer,
                         RowBuilder& builder, LoadPlace place)
    : environment_(environment),
      writer_(writer),
      pacer_(pacer),
      builder_(builder),
      place_(std::move(place)),
      batch_(builder.table(), model::Verb::create, builder.columns()) {}

Road ChunkLoader::best_road() const {
  return writer_.limits(builder_.table(), model::Verb::create, Road::bulk) ? Road::bulk
                                                                           : Road::individual;
}

Result<void> ChunkLoader::fill(std::span<const store::Assignment> chunk) {
  batch_.reset();
  planned_.clear();
  refused_.clear();
  for (const store::Assignment& assignment : chunk) FLIT_TRY_VOID(add(assignment));
  return {};
}

Result<void> ChunkLoader::add(const store::Assignment& assignment) {
  std::optional<store::StagedRecord> staged;
  bool cut = false;
  const Result<void> read =
      environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found,
                 environment_.books.staging.find(reader, assignment.object, assignment.source_id));
        staged = std::move(found);
        FLIT_TRY(is_cut, environment_.books.hierarchies.is_cut(reader, assignment.object,
                                                               assignment.source_id));
        cut = is_cut;
        return {};
      });
  if (!read) return Error(read.error());
  FLIT_CHECK(staged.has_value(), "an assignment of a source record has that record");

  std::vector<model::Value> cells(builder_.columns().size());
  FLIT_TRY_VOID(builder_.build(staged->record, batch_.arena(), cells, built_));
  if (built_.refused()) {
    const auto note = std::find_if(built_.notes.begin(), built_.notes.end(),
                                   [](const auto& one) { return one.refused; });
    refused_.push_back(assignment);
    refused_.back().reason = note->code;
    refused_.back().detail = note->detail;
    return {};
  }
  for (const std::size_t place : built_.later) cells[place] = model::Value();
  const bool waits = !built_.later.empty() && !cut;
  const std::span<model::Value> row = batch_.append({.id = assignment.target_id});
  std::copy(cells.begin(), cells.end(), row.begin());
  planned_.push_back({assignment, static_cast<std::uint8_t>(waits ? store::Pending::lookups
                                                                  : store::Pending::none)});
  return {};
}

Result<LoadCounts> ChunkLoader::load(std::span<const store::Assignment> chunk,
                                     std::stop_token stop) {
  requests_ = 0;
  FLIT_TRY_VOID(fill(chunk));
  std::vector<store::Intent> intents;
  for (const Planned& row : planned_)
    intents.push_back({.assignment = row.assignment.id, .target_id = row.assignment.target_id});
  const Road road = best_road();
  store::IntendedBatch intended;
  const Result<void> committed =
      environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        for (const store::Assignment& one : refused_)
          FLIT_TRY_VOID(
              environment_.books.assignments.fail(transaction, one.id, one.reason, one.detail));
        if (intents.empty()) return {};
        FLIT_TRY(batch, environment_.books.journal.intend(transaction,
                                                          {.stream = place_.stream,
                                                           .stage = place_.stage,
                                                           .phase = place_.phase,
                                                           .table = builder_.table(),
                                                           .verb = model::Verb::create,
                                                           .road = road,
                                                           .writes = intents},
                                                          environment_.clock().now()));
        intended = batch;
        for (const Planned& row : planned_)
          FLIT_TRY_VOID(environment_.books.assignments.set_state(transaction, row.assignment.id,
                                                                 State::intended));
        return {};
      });
  if (!committed) return Error(committed.error());
  if (planned_.empty()) return LoadCounts{.failed = refused_.size()};
  FLIT_TRY(outcomes, send(road, stop));
  FLIT_TRY(counts, settle(intended, outcomes));
  counts.failed += refused_.size();
  return counts;
}

Result<model::Submission> ChunkLoader::submit(const model::RecordBatch& batch, Road road,
                                              std::stop_token stop) {
  return pacer_.call<model::Submission>(Repeat::identified_writes, stop, [&] {
    ++requests_;
    return writer_.submit(batch, road, stop);
  });
}

/// One outcome a row. A batch that is refused as a whole is sent row by row: once, and only then.
Result<std::vector<RowOutcome>> ChunkLoader::send(Road road, std::stop_token stop) {
  Result<model::Submission> submission = submit(batch_, road, stop);
  const auto limits = writer_.limits(builder_.table(), model::Verb::create, road);
  const bool whole_refused = !submission && submission.error().fault == Fault::permanent &&
                             limits && limits->all_or_nothing;
  if (whole_refused) submission = submit(batch_, Road::individual, stop);
  if (!submission) return Error(submission.error());
  FLIT_CHECK(submission->outcomes.size() == batch_.size(), "a connector answers for every row");
  FLIT_TRY_VOID(send_again(submission->outcomes, stop));
  return std::move(submission->outcomes);
}

/// Rows that met a limit or a passing fault of their own, sent again on their own.
Result<void> ChunkLoader::send_again(std::vector<RowOutcome>& outcomes, std::stop_token stop) {
  for (int round = 0; round < most_resends; ++round) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      if (worth_another_try(outcomes[i])) open.push_back(i);
    if (open.empty()) return {};
    model::RecordBatch rest(batch_.table(), batch_.verb(), batch_.columns());
    for (const std::size_t i : open) {
      const std::span<model::Value> row = rest.append(batch_.header(i));
      const std::span<const model::Value> cells = batch_.row(i);
      std::copy(cells.begin(), cells.end(), row.begin());
    }
    const auto again = submit(rest, Road::individual, stop);
    if (!again) return Error(again.error());
    for (std::size_t i = 0; i < open.size(); ++i) outcomes[open[i]] = again->outcomes[i];
  }
  return {};
}

Result<LoadCounts> ChunkLoader::settle(const store::IntendedBatch& intended,
                                       std::span<const RowOutcome> outcomes) {
  LoadCounts counts{.requests = requests_};
  const Result<void> committed =
      environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(environment_.books.journal.settle(transaction, place_.stream, intended,
                                                        outcomes, environment_.clock().now()));
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
          const store::Assignment& assignment = planned_[i].assignment;
          if (is_there(outcomes[i])) {
            FLIT_TRY_VOID(
                environment_.books.assignments.set_state(transaction, assignment.id, State::done));
            FLIT_TRY_VOID(environment_.books.assignments.set_pending(transaction, assignment.id,
                                                                     planned_[i].pending));
          } else {
            const Error error =
                outcomes[i].error.value_or(Error{.message = "the destination did not say why"});
            FLIT_TRY_VOID(environment_.books.assignments.fail(
                transaction, assignment.id, error.code.empty() ? "refused" : error.code,
                error.message));
          }
        }
        return {};
      });
  if (!committed) return Error(committed.error());
  for (const RowOutcome& outcome : outcomes) ++(is_there(outcome) ? counts.done : counts.failed);
  return counts;
}

Result<LoadCounts> ChunkLoader::settle_open(const store::OpenBatch& open, std::stop_token stop) {
  requests_ = 0;
  std::vector<store::Assignment> chunk;
  store::IntendedBatch intended{.batch = open.batch};
  const Result<void> read = environment_.ledger.read([&](store::sql::Connection& reader) {
    return environment_.books.journal.operations(
        reader, open.batch, [&](const store::Change& change) -> Result<void> {
          if (intended.first_operation == 0) intended.first_operation = change.operation;
          FLIT_TRY(assignment, environment_.books.assignments.by_id(reader, change.assignment));
          FLIT_CHECK(assignment.has_value(), "an operation belongs to an assignment");
          chunk.push_back(std::move(*assignment));
          return {};
        });
  });
  if (!read) return Error(read.error());
  FLIT_TRY_VOID(fill(chunk));
  FLIT_CHECK(refused_.empty(),
             "what was sent once is still a row: the map is bound to its approval");
  // Row by row: some of them may be there already, which would make a bulk message refuse them all.
  FLIT_TRY(outcomes, send(Road::individual, stop));
  return settle(intended, outcomes);
}

}  // namespace flit::engine
