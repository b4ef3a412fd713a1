#include "engine/restoring.hpp"

#include <algorithm>
#include <array>

#include "engine/read_rows.hpp"
#include "engine/row_sender.hpp"
#include "store/history.hpp"

namespace flit::engine {
namespace {

using model::RowOutcome;
using model::Value;
using store::State;

// Written by Verb::close alone (model/destination.hpp).
constexpr std::array<std::string_view, 2> state_columns{"statecode", "statuscode"};

bool is_state(std::string_view column) {
  return std::find(state_columns.begin(), state_columns.end(), column) != state_columns.end();
}

const Value* cell_of(const RowImage& image, std::string_view column) {
  for (std::size_t i = 0; i < image.columns.size(); ++i)
    if (image.columns[i] == column) return &image.cells[i];
  return nullptr;
}

bool same(const Value& a, const Value& b) {
  return a.has_value() || b.has_value() ? a == b : true;
}

bool same(const RowImage& a, const RowImage& b) {
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    const Value* other = cell_of(b, a.columns[i]);
    if (other == nullptr || !same(a.cells[i], *other)) return false;
  }
  return true;
}

bool differs_in_state(const RowImage& image, const RowImage& current) {
  const Value* was = cell_of(image, state_columns[0]);
  const Value* is = cell_of(current, state_columns[0]);
  return was != nullptr && is != nullptr && !same(*was, *is);
}

}  // namespace

ChunkRestorer::ChunkRestorer(UndoParts parts)
    : parts_(std::move(parts)),
      undoing_(parts_.migration.environment.books.names,
               parts_.migration.environment.books.assignments) {}

Result<UndoCounts> ChunkRestorer::restore(std::span<const store::Assignment> chunk,
                                          std::stop_token stop) {
  UndoCounts counts;
  if (chunk.empty()) return counts;
  table_ = chunk.front().table;
  arena_.reset();
  FLIT_TRY_VOID(gather(chunk));
  FLIT_TRY_VOID(look(stop));
  FLIT_TRY_VOID(judge());
  FLIT_TRY_VOID(reopen(stop));
  FLIT_TRY_VOID(write_back(stop));
  FLIT_TRY_VOID(look_at_refusals(stop));
  const Environment& environment = parts_.migration.environment;
  const Result<void> written =
      environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        for (const Old& row : rows_) {
          const std::int64_t id = row.assignment->id;
          FLIT_TRY_VOID(
              row.reason.empty()
                  ? environment.books.assignments.set_state(transaction, id, State::rolled_back)
                  : undoing_.keep(transaction, id, row.reason, row.detail));
        }
        return {};
      });
  if (!written) return Error(written.error());
  for (const Old& row : rows_) ++(row.reason.empty() ? counts.restored : counts.kept);
  return counts;
}

/// What each row was like before we touched it.
Result<void> ChunkRestorer::gather(std::span<const store::Assignment> chunk) {
  const Environment& environment = parts_.migration.environment;
  rows_.clear();
  return environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const store::Assignment& one : chunk) {
      Old& row = rows_.emplace_back(Old{.assignment = &one});
      FLIT_TRY_VOID(store::history(environment.books.names, reader, one.id,
                                   [&](const store::Step& step) -> Result<void> {
                                     if (!step.before_image || step.stage == "S-10") return {};
                                     FLIT_TRY(image, read_image(*step.before_image, arena_));
                                     for (std::size_t i = 0; i < image.columns.size(); ++i)
                                       if (cell_of(row.image, image.columns[i]) == nullptr)
                                         row.image.set(image.columns[i], image.cells[i]);
                                     return {};
                                   }));
    }
    return {};
  });
}

std::vector<std::string> ChunkRestorer::all_columns(bool with_state) const {
  std::vector<std::string> columns;
  for (const Old& row : rows_)
    for (const std::string& column : row.image.columns)
      if ((with_state || !is_state(column)) &&
          std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
  return columns;
}

/// What each row is like now.
Result<void> ChunkRestorer::look(std::stop_token stop) {
  std::vector<std::string> columns = all_columns(true);
  const std::size_t width = columns.size();
  FLIT_TRY(editor, editor_column(parts_.migration, table_, stop));
  if (!editor.empty()) columns.push_back(editor);
  std::vector<std::string> ids;
  for (Old& row : rows_) {
    row.found = false;
    ids.push_back(row.assignment->target_id);
  }
  return read_rows(
      parts_.migration, {.table = table_, .columns = columns, .ids = ids},
      [&](const model::ReadRow& read) -> Result<void> {
        const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Old& one) {
          return one.assignment->target_id == read.id;
        });
        if (row == rows_.end()) return {};
        row->found = true;
        row->version = read.version;
        for (std::size_t i = 0; i < width; ++i)
          row->current.set(columns[i], read.cells[i].copied_to(arena_));
        if (read.cells.size() > width && read.cells[width].kind() == Value::Kind::reference)
          row->editor = read.cells[width].as_reference().id;
        return {};
      },
      std::move(stop));
}

Result<void> ChunkRestorer::judge() {
  for (Old& row : rows_) {
    const bool last_by_us =
        row.editor.empty() ||
        std::find(parts_.authors.begin(), parts_.authors.end(), row.editor) != parts_.authors.end();
    const bool ours = last_by_us && !store::Assignments::tells_of_edit(row.assignment->reason);
    if (row.image.columns.empty()) continue;  // nothing was sent for it
    if (!row.found) {
      row.reason = "missing";
      row.detail = "somebody deleted it after it was updated";
    } else if (!ours && !same(row.image, row.current)) {
      row.reason = store::Assignments::edited;
      row.detail = "somebody changed it after it was updated";
    }
  }
  return {};
}

/// Rows that we closed.
Result<void> ChunkRestorer::reopen(std::stop_token stop) {
  model::RecordBatch batch(table_, model::Verb::close,
                           {std::string(state_columns[0]), std::string(state_columns[1])});
  std::vector<Old*> rows;
  for (Old& row : rows_) {
    if (!row.reason.empty() || !differs_in_state(row.image, row.current)) continue;
    const std::span<Value> cells = batch.append({.id = row.assignment->target_id});
    for (std::size_t i = 0; i < state_columns.size(); ++i)
      if (const Value* was = cell_of(row.image, state_columns[i]))
        cells[i] = was->copied_to(batch.arena());
    rows.push_back(&row);
  }
  if (rows.empty()) return {};
  FLIT_TRY_VOID(send(rows, batch, stop));
  return look(std::move(stop));  // the versions are new
}

Result<void> ChunkRestorer::write_back(std::stop_token stop) {
  const std::vector<std::string> columns = all_columns(false);
  model::RecordBatch batch(table_, model::Verb::update, columns);
  std::vector<Old*> rows;
  for (Old& row : rows_) {
    if (!row.reason.empty() || !row.found || same(row.image, row.current)) continue;
    const std::span<Value> cells =
        batch.append({.id = row.assignment->target_id, .version = row.version});
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (const Value* was = cell_of(row.image, columns[i]))
        cells[i] = was->has_value() ? was->copied_to(batch.arena()) : Value::null();
    rows.push_back(&row);
  }
  if (rows.empty()) return {};
  return send(rows, batch, std::move(stop));
}

/// A write whose answer was lost and that was sent again meets the version that it made itself:
/// what holds the old values is restored, whatever was answered.
Result<void> ChunkRestorer::look_at_refusals(std::stop_token stop) {
  const auto refused = [](const Old& row) { return !row.reason.empty() && row.sent; };
  if (std::none_of(rows_.begin(), rows_.end(), refused)) return {};
  FLIT_TRY_VOID(look(std::move(stop)));
  for (Old& row : rows_)
    if (refused(row) && row.found && same(row.image, row.current)) row.reason.clear();
  return {};
}

/// Intent with what is about to be replaced, write, outcome.
Result<void> ChunkRestorer::send(const std::vector<Old*>& rows, model::RecordBatch& batch,
                                 std::stop_token stop) {
  const Environment& environment = parts_.migration.environment;
  std::vector<std::string> images;
  std::vector<store::Intent> intents;
  images.reserve(rows.size());
  for (Old* row : rows) {
    row->sent = true;
    images.push_back(image_of(row->current.columns, row->current.cells));
    intents.push_back({row->assignment->id, row->assignment->target_id, images.back()});
  }
  store::IntendedBatch intended;
  FLIT_TRY_VOID(environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY(made, environment.books.journal.intend(transaction,
                                                    {.stream = parts_.stream,
                                                     .stage = "S-10",
                                                     .phase = table_,
                                                     .table = table_,
                                                     .verb = batch.verb(),
                                                     .road = model::Road::individual,
                                                     .writes = intents},
                                                    environment.clock().now()));
    intended = made;
    return {};
  }));
  FLIT_TRY(outcomes, send_each(parts_.migration.destination.writer, parts_.migration.pacer, batch,
                               std::move(stop)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (outcomes[i].kind == RowOutcome::Kind::done || outcomes[i].kind == RowOutcome::Kind::exists)
      continue;
    const bool changed = outcomes[i].kind == RowOutcome::Kind::changed;
    rows[i]->reason = changed ? store::Assignments::edited : "not_restored";
    rows[i]->detail = changed             ? "somebody changed it while it was about to be restored"
                      : outcomes[i].error ? outcomes[i].error->message
                                          : "the destination did not say why";
  }
  return environment.ledger.commit([&](store::sql::Connection& transaction) {
    return environment.books.journal.settle(transaction, parts_.stream, intended, outcomes,
                                            environment.clock().now());
  });
}

}  // namespace flit::engine
