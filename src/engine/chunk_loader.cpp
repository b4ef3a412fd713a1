#include "engine/chunk_loader.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/check.hpp"
#include "engine/destination_digest.hpp"
#include "engine/read_rows.hpp"
#include "engine/row_sender.hpp"
#include "engine/sending_user.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

using model::Road;
using model::RowOutcome;
using store::State;

/// There, whoever wrote it: our identities are nobody else's, so "exists" is an earlier try of
/// ours; a row that is closed already is closed.
bool is_there(const RowOutcome& outcome) {
  return outcome.kind == RowOutcome::Kind::done || outcome.kind == RowOutcome::Kind::exists;
}

/// Why a row is not as we wanted it.
Error error_of(const RowOutcome& outcome) {
  if (outcome.error) return *outcome.error;
  switch (outcome.kind) {
    case RowOutcome::Kind::missing:
      return {.message = "the row is not there any more", .code = "row_missing"};
    case RowOutcome::Kind::changed:
      return {.message = "somebody changed the row since", .code = "row_changed"};
    default:
      return {.message = "the destination did not say why", .code = "refused"};
  }
}

bool needs_before_image(model::Verb verb) {
  return verb == model::Verb::update || verb == model::Verb::close;
}

}  // namespace

LoadCounts& LoadCounts::operator+=(const LoadCounts& other) {
  done += other.done;
  failed += other.failed;
  requests += other.requests;
  timing.waited += other.timing.waited;
  timing.took += other.timing.took;
  return *this;
}

ChunkLoader::ChunkLoader(const Migration& migration, RowMaker& maker, LoadPlace place)
    : migration_(migration),
      environment_(migration.environment),
      writer_(migration.destination.writer),
      maker_(maker),
      place_(std::move(place)),
      batch_(maker.table(), maker.verb(), maker.columns()) {}

Road ChunkLoader::best_road() const {
  const bool conditional = std::any_of(planned_.begin(), planned_.end(), [](const Planned& row) {
    return !row.made.version.empty();
  });
  if (conditional) return Road::individual;
  return writer_.limits(maker_.table(), maker_.verb(), Road::bulk) ? Road::bulk : Road::individual;
}

Result<void> ChunkLoader::fill(std::span<const store::Assignment> chunk, std::stop_token stop) {
  const std::size_t width = maker_.columns().size();
  batch_.reset();
  planned_.clear();
  left_out_.clear();
  cells_.assign(chunk.size() * width, {});
  FLIT_TRY(made, maker_.make(chunk, batch_.arena(), cells_));
  FLIT_CHECK(made.size() == chunk.size(), "a maker answers for every assignment");
  if (!makes_rows()) FLIT_TRY_VOID(look_for_editors(chunk, made, std::move(stop)));
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    Planned row{chunk[i], std::move(made[i]), i};
    if (row.made.kind != MadeRow::Kind::ready) {
      left_out_.push_back(std::move(row));
      continue;
    }
    const auto cells = batch_.append({.id = row.assignment.target_id, .version = row.made.version});
    std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(i * width), width, cells.begin());
    planned_.push_back(std::move(row));
  }
  return {};
}

/// Of rows that are there: who wrote them last, and what stands in the columns of references.
Result<void> ChunkLoader::look_for_editors(std::span<const store::Assignment> chunk,
                                           std::vector<MadeRow>& made, std::stop_token stop) {
  FLIT_TRY(editor, editor_column(migration_, maker_.table(), stop));
  if (editor.empty()) return {};
  const bool references = maker_.settles() == store::Pending::lookups;
  std::vector<std::string> columns = references ? maker_.columns() : std::vector<std::string>();
  columns.push_back(editor);
  std::map<std::string, std::size_t, std::less<>> places;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    if (made[i].kind != MadeRow::Kind::ready) continue;
    places.emplace(chunk[i].target_id, i);
    ids.push_back(chunk[i].target_id);
  }
  return read_rows(
      migration_, {.table = maker_.table(), .columns = columns, .ids = ids},
      [&](const model::ReadRow& row) -> Result<void> {
        const auto place = places.find(row.id);
        const model::Value& by = row.cells.back();
        if (place == places.end() || by.kind() != model::Value::Kind::reference) return {};
        FLIT_TRY(ours, is_ours(std::string(by.as_reference().id)));
        if (ours) return {};
        MadeRow& one = made[place->second];
        one.edited = true;
        const std::size_t width = maker_.columns().size();
        if (references)
          leave_theirs(row.cells.first(width),
                       std::span(cells_).subspan(place->second * width, width), one);
        return {};
      },
      std::move(stop));
}

/// A reference that somebody put there since is theirs.
void ChunkLoader::leave_theirs(std::span<const model::Value> known, std::span<model::Value> ours,
                               MadeRow& made) const {
  bool any = false;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (known[i].has_value()) ours[i] = model::Value();
    any |= !ours[i].is_absent();
  }
  if (!any) made.kind = MadeRow::Kind::nothing;
}

Result<bool> ChunkLoader::is_ours(const std::string& editor) {
  if (!authors_) {
    FLIT_TRY(before, before_of(environment_));
    authors_ = before ? std::move(before->authors) : std::vector<std::string>();
  }
  // Without a name that we write under nobody can be told apart.
  return authors_->empty() ||
         std::find(authors_->begin(), authors_->end(), editor) != authors_->end();
}

Result<LoadCounts> ChunkLoader::load(std::span<const store::Assignment> chunk,
                                     std::stop_token stop) {
  requests_ = 0;
  timing_ = {};
  FLIT_TRY_VOID(fill(chunk, stop));
  const auto refused = static_cast<std::uint64_t>(
      std::count_if(left_out_.begin(), left_out_.end(),
                    [](const Planned& row) { return row.made.kind == MadeRow::Kind::refused; }));
  const Road road = best_road();
  FLIT_TRY(intended, intend(road));
  if (planned_.empty()) return LoadCounts{.failed = refused};
  FLIT_TRY(outcomes, send(road, stop));
  FLIT_TRY(counts, settle(intended, planned_, outcomes));
  counts.failed += refused;
  return counts;
}

/// Everything that is about to be written, and what will not be, in one transaction.
Result<store::IntendedBatch> ChunkLoader::intend(Road road) {
  std::vector<store::Intent> intents;
  for (const Planned& row : planned_) {
    intents.push_back({.assignment = row.assignment.id, .target_id = row.assignment.target_id});
    if (needs_before_image(maker_.verb())) intents.back().before_image = row.made.before;
  }
  const store::BatchIntent intent{.stream = place_.stream,
                                  .stage = place_.stage,
                                  .phase = place_.phase,
                                  .table = maker_.table(),
                                  .verb = maker_.verb(),
                                  .road = road,
                                  .writes = intents};
  store::IntendedBatch intended;
  const Result<void> committed =
      environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(settle_left_out(transaction));
        if (intents.empty()) return {};
        FLIT_TRY(batch, environment_.books.journal.intend(transaction, intent,
                                                          environment_.clock().now()));
        intended = batch;
        return note_intended(transaction);
      });
  if (!committed) return Error(committed.error());
  return intended;
}

Result<void> ChunkLoader::settle_left_out(store::sql::Connection& transaction) const {
  for (const Planned& row : left_out_) {
    if (row.made.kind == MadeRow::Kind::refused)
      FLIT_TRY_VOID(set_failed(transaction, row.assignment, row.made.reason, row.made.detail));
    else
      FLIT_TRY_VOID(set_done(transaction, row));
  }
  return {};
}

Result<void> ChunkLoader::note_intended(store::sql::Connection& transaction) const {
  auto& assignments = environment_.books.assignments;
  for (const Planned& row : planned_) {
    if (row.made.edited) FLIT_TRY_VOID(assignments.note_edited(transaction, row.assignment.id));
    if (makes_rows())
      FLIT_TRY_VOID(assignments.set_state(transaction, row.assignment.id, State::intended));
  }
  return {};
}

Result<model::Submission> ChunkLoader::submit(const model::RecordBatch& batch, Road road,
                                              std::stop_token stop) {
  Tick since = environment_.clock().tick();
  const auto as = [&](std::size_t user) {
    ++requests_;
    const Tick sent = environment_.clock().tick();
    auto answer = migration_.destination_of(user).writer.submit(batch, road, stop);
    timing_.waited += sent - since;
    since = environment_.clock().tick();
    timing_.took += since - sent;
    return answer;
  };
  Pacer& pacer = migration_.pacer;
  if (any_user_may_send(batch, migration_.path.owner))
    return pacer.call_as_any<model::Submission>(Repeat::identified_writes, stop, as, batch.size());
  return pacer.call<model::Submission>(
      Repeat::identified_writes, stop, [&] { return as(0); }, batch.size());
}

/// One outcome a row. A batch that is refused as a whole is sent row by row: once, and only then.
Result<std::vector<RowOutcome>> ChunkLoader::send(Road road, std::stop_token stop) {
  Result<model::Submission> submission = submit(batch_, road, stop);
  const auto limits = writer_.limits(maker_.table(), maker_.verb(), road);
  const bool whole_refused = !submission && submission.error().fault == Fault::permanent &&
                             limits && limits->all_or_nothing;
  if (whole_refused) submission = submit(batch_, Road::individual, stop);
  if (!submission) return Error(submission.error());
  FLIT_CHECK(submission->outcomes.size() == batch_.size(), "a connector answers for every row");
  std::vector<RowOutcome> outcomes = std::move(submission->outcomes);
  FLIT_TRY_VOID(send_unsettled_again(batch_, outcomes, [&](const model::RecordBatch& rest) {
    return submit(rest, Road::individual, stop);
  }));
  FLIT_TRY_VOID(look_at_refusals(outcomes));
  return outcomes;
}

/// A conditional write whose answer was lost and that was sent again meets the version that it made
/// itself: a row that has all our values is done, whatever was answered.
Result<void> ChunkLoader::look_at_refusals(std::vector<RowOutcome>& outcomes) {
  std::vector<std::size_t> places;
  std::vector<store::Assignment> refused;
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    if (outcomes[i].kind == RowOutcome::Kind::changed) {
      places.push_back(i);
      refused.push_back(planned_[i].assignment);
    }
  if (refused.empty()) return {};
  model::Arena arena;
  std::vector<model::Value> cells(refused.size() * maker_.columns().size());
  FLIT_TRY(made, maker_.make(refused, arena, cells));
  for (std::size_t i = 0; i < refused.size(); ++i)
    if (made[i].kind == MadeRow::Kind::nothing)
      outcomes[places[i]] = {.kind = RowOutcome::Kind::done};
  return {};
}

Result<LoadCounts> ChunkLoader::settle(const store::IntendedBatch& intended,
                                       std::span<const Planned> rows,
                                       std::span<const RowOutcome> outcomes) {
  LoadCounts counts{.requests = requests_, .timing = timing_};
  const Result<void> committed =
      environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY_VOID(environment_.books.journal.settle(transaction, place_.stream, intended,
                                                        outcomes, environment_.clock().now()));
        for (std::size_t i = 0; i < outcomes.size(); ++i)
          FLIT_TRY_VOID(settle_row(transaction, rows[i], outcomes[i]));
        return {};
      });
  if (!committed) return Error(committed.error());
  for (const RowOutcome& outcome : outcomes) ++(is_there(outcome) ? counts.done : counts.failed);
  return counts;
}

Result<void> ChunkLoader::settle_row(store::sql::Connection& transaction, const Planned& row,
                                     const RowOutcome& outcome) const {
  if (is_there(outcome)) return set_done(transaction, row);
  const Error error = error_of(outcome);
  if (maker_.updates_rows() && outcome.kind == RowOutcome::Kind::changed)
    return set_held(transaction, row.assignment, error.message);
  return set_failed(transaction, row.assignment, error.code.empty() ? "refused" : error.code,
                    error.message);
}

/// Somebody changed the row since it was read: a person decides.
Result<void> ChunkLoader::set_held(store::sql::Connection& transaction,
                                   store::Assignment assignment, const std::string& detail) const {
  auto& assignments = environment_.books.assignments;
  FLIT_TRY_VOID(assignments.set_state(transaction, assignment.id, State::planned));
  assignment.verdict = store::Verdict::hold;
  assignment.reason = "changed_meanwhile";
  assignment.detail = detail;
  return assignments.plan(transaction, {&assignment, 1});
}

/// A row is there with something left to do, or one thing less is left to do.
Result<void> ChunkLoader::set_done(store::sql::Connection& transaction, const Planned& row) const {
  auto& assignments = environment_.books.assignments;
  if (row.made.edited) FLIT_TRY_VOID(assignments.note_edited(transaction, row.assignment.id));
  if (makes_rows()) return assignments.set_done(transaction, row.assignment.id, row.made.pending);
  const auto left =
      static_cast<std::uint8_t>(row.assignment.pending & ~static_cast<unsigned>(maker_.settles()));
  return assignments.set_pending(transaction, row.assignment.id, left);
}

/// A row that was not made has failed; one that is there and lacks something is a finding, and is
/// tried again by the next run.
Result<void> ChunkLoader::set_failed(store::sql::Connection& transaction,
                                     const store::Assignment& assignment, const std::string& reason,
                                     const std::string& detail) const {
  if (makes_rows())
    return environment_.books.assignments.fail(transaction, assignment.id, reason, detail);
  const bool is_state = maker_.settles() == store::Pending::state;
  return store::add_finding(transaction,
                            {.stage = place_.stage,
                             .code = is_state ? "state_not_written" : "reference_not_written",
                             .object = assignment.object,
                             .message = fmt::format("{}: {}", reason, detail),
                             .remedy = "Remove the cause and start the same command again",
                             .count = 1},
                            {&assignment.source_id, 1});
}

Result<LoadCounts> ChunkLoader::settle_open(const store::IntendedBatch& intended,
                                            std::span<const store::Assignment> chunk,
                                            std::span<const std::string> before,
                                            std::stop_token stop) {
  requests_ = 0;
  timing_ = {};
  FLIT_TRY_VOID(fill(chunk, stop));
  std::vector<RowOutcome> outcomes(chunk.size());
  std::vector<Planned> rows(chunk.size());
  for (Planned& row : left_out_) {
    // Nothing to write: it was written. Refused: it is no row any more.
    if (row.made.kind == MadeRow::Kind::refused)
      outcomes[row.place] = {.kind = RowOutcome::Kind::failed,
                             .error = Error{.message = row.made.detail, .code = row.made.reason}};
    rows[row.place] = std::move(row);
  }
  if (!planned_.empty()) {
    // Row by row: some of them may be there already, which would make a bulk message refuse all.
    FLIT_TRY(sent, send_unchanged(before, stop));
    for (std::size_t i = 0; i < planned_.size(); ++i) {
      outcomes[planned_[i].place] = std::move(sent[i]);
      rows[planned_[i].place] = planned_[i];
    }
  }
  return settle(intended, rows, outcomes);
}

/// Sends again what a dead process may have sent. A row that was there before us and is neither
/// what it was nor what it was to become has been changed by somebody else: it is not sent.
Result<std::vector<RowOutcome>> ChunkLoader::send_unchanged(std::span<const std::string> before,
                                                            std::stop_token stop) {
  if (!maker_.updates_rows()) return send(Road::individual, std::move(stop));
  std::vector<RowOutcome> outcomes(planned_.size());
  model::RecordBatch batch(batch_.table(), batch_.verb(), batch_.columns());
  std::vector<std::size_t> sent;
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    if (planned_[i].made.before != before[planned_[i].place]) {
      outcomes[i] = {.kind = RowOutcome::Kind::changed};
      continue;
    }
    const auto row = batch.append(batch_.header(i));
    const auto cells = batch_.row(i);
    std::copy(cells.begin(), cells.end(), row.begin());
    sent.push_back(i);
  }
  if (sent.empty()) return outcomes;
  FLIT_TRY(submission, submit(batch, Road::individual, std::move(stop)));
  for (std::size_t i = 0; i < sent.size(); ++i)
    outcomes[sent[i]] = std::move(submission.outcomes[i]);
  FLIT_TRY_VOID(look_at_refusals(outcomes));
  return outcomes;
}

}  // namespace flit::engine
