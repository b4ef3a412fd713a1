#include "engine/removal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "engine/read_rows.hpp"
#include "engine/row_sender.hpp"

namespace flit::engine {
namespace {

using model::RowOutcome;
using store::State;

// A $batch takes up to 1,000 operations; the advice to begin with 10 is about creates, whose rows
// are large (facts/dataverse.md §7). A deletion is a line.
constexpr std::size_t rows_per_request = 100;

bool is_gone(const RowOutcome& outcome) {
  return outcome.kind == RowOutcome::Kind::done || outcome.kind == RowOutcome::Kind::missing;
}

/// Rows whose lookups a deletion may not empty: those that a path writes to.
std::vector<std::string> linked_tables(const packs::PathPack& path) {
  std::vector<std::string> tables;
  for (const packs::Phase& phase : path.phases)
    tables.insert(tables.end(), phase.tables.begin(), phase.tables.end());
  return tables;
}

}  // namespace

UndoCounts& UndoCounts::operator+=(const UndoCounts& other) {
  deleted += other.deleted;
  restored += other.restored;
  gone += other.gone;
  kept += other.kept;
  waiting += other.waiting;
  requests += other.requests;
  return *this;
}

ChunkRemover::ChunkRemover(UndoParts parts)
    : parts_(std::move(parts)),
      undoing_(parts_.migration.environment.books.names,
               parts_.migration.environment.books.assignments) {}

bool ChunkRemover::is_ours(const std::string& editor) const {
  return std::find(parts_.authors.begin(), parts_.authors.end(), editor) != parts_.authors.end();
}

/// A row that the platform made beside ours and of which nobody says who wrote it.
bool ChunkRemover::is_companion(const model::Dependent& dependent) const {
  const auto& companions = parts_.migration.destination.companions;
  return dependent.editor.empty() &&
         std::any_of(companions.begin(), companions.end(), [&](const model::Companion& one) {
           return one.table == dependent.child.table && one.beside == table_;
         });
}

Result<UndoCounts> ChunkRemover::remove(std::span<const store::Assignment> chunk,
                                        std::stop_token stop) {
  UndoCounts counts;
  if (chunk.empty()) return counts;
  table_ = chunk.front().table;
  FLIT_TRY_VOID(look(chunk, stop));
  FLIT_TRY_VOID(ask_dependents(stop));
  FLIT_TRY_VOID(write_down(counts));
  std::vector<Standing*> going;
  for (Standing& row : standing_)
    if (row.found && !row.waits && row.reason.empty()) going.push_back(&row);
  for (std::size_t at = 0; at < going.size(); at += rows_per_request)
    FLIT_TRY_VOID(
        send(std::span(going).subspan(at, std::min(rows_per_request, going.size() - at)), stop));
  for (const Standing* row : going) ++(row->reason.empty() ? counts.deleted : counts.kept);
  return counts;
}

/// The rows as they stand now, and who wrote them last.
Result<void> ChunkRemover::look(std::span<const store::Assignment> chunk, std::stop_token stop) {
  standing_.clear();
  by_id_.clear();
  standing_.reserve(chunk.size());
  std::vector<std::string> ids;
  for (const store::Assignment& one : chunk) {
    standing_.push_back({.assignment = &one});
    by_id_[one.target_id] = &standing_.back();
    ids.push_back(one.target_id);
  }
  FLIT_TRY(editor, editor_column(parts_.migration, table_, stop));
  std::vector<std::string> columns{editor};
  if (columns.front().empty()) columns.clear();
  FLIT_TRY_VOID(read_rows(
      parts_.migration, {.table = table_, .columns = columns, .ids = ids},
      [&](const model::ReadRow& row) -> Result<void> {
        const auto known = by_id_.find(std::string(row.id));
        if (known == by_id_.end()) return {};
        Standing& standing = *known->second;
        standing.found = true;
        standing.version = row.version;
        if (!columns.empty() && row.cells[0].kind() == model::Value::Kind::reference)
          standing.editor = row.cells[0].as_reference().id;
        return {};
      },
      std::move(stop)));
  for (Standing& row : standing_) {
    const bool theirs = !row.editor.empty() && !is_ours(row.editor);
    if (row.found && (theirs || store::Assignments::tells_of_edit(row.assignment->reason))) {
      row.reason = store::Assignments::edited;
      row.detail = "somebody changed it after it was written";
    }
  }
  return {};
}

Result<void> ChunkRemover::ask_dependents(std::stop_token stop) {
  std::vector<std::string> ids;
  for (const Standing& row : standing_)
    if (row.found && row.reason.empty()) ids.push_back(row.assignment->target_id);
  if (ids.empty()) return {};
  const std::vector<std::string> linked = linked_tables(parts_.migration.path);
  std::vector<model::Dependent> dependents;
  FLIT_TRY_VOID(parts_.migration.pacer.call<void>(Repeat::reads, stop, [&] {
    dependents.clear();
    return parts_.migration.destination.dependents.dependents(
        {table_, ids, linked},
        [&](const model::Dependent& one) -> Result<void> {
          dependents.push_back(one);
          return {};
        },
        stop);
  }));
  for (const model::Dependent& one : dependents) {
    const auto parent = by_id_.find(one.parent);
    if (parent != by_id_.end()) FLIT_TRY_VOID(weigh(one, *parent->second));
  }
  return {};
}

/// Whether a row that hangs on another lets it go.
Result<void> ChunkRemover::weigh(const model::Dependent& dependent, Standing& parent) {
  if (!parent.reason.empty()) return {};
  const Environment& environment = parts_.migration.environment;
  std::vector<store::Assignment> known;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, environment.books.assignments.by_target(reader, dependent.child.id));
    known = std::move(found);
    return {};
  }));
  const auto created = std::find_if(known.begin(), known.end(), [](const store::Assignment& one) {
    return one.verdict == store::Verdict::create && one.state != State::planned;
  });
  const bool cut_only = dependent.on_delete == model::Cascade::none ||
                        dependent.on_delete == model::Cascade::remove_link;
  if (created != known.end() && created->state != State::kept) {
    if (cut_only) return {};  // it goes as well, and nobody misses its lookup
    parent.waits = !parts_.final;
    if (!parts_.final) return {};
    parent.reason = "child_not_removed";
    parent.detail = fmt::format("{} {}, which hangs on it, could not be deleted",
                                dependent.child.table, dependent.child.id);
    return {};
  }
  if (created == known.end() && (is_ours(dependent.editor) || is_companion(dependent))) return {};
  parent.reason = created != known.end() ? "child_kept" : "child_attached";
  parent.detail = fmt::format(
      "{} {} {} with it: {}", dependent.child.table, dependent.child.id,
      cut_only ? "would lose its reference" : "would be deleted",
      created != known.end() ? "it was changed by somebody and is kept" : "somebody attached it");
  return {};
}

/// Before anything is sent: what is gone, and what stays and why.
Result<void> ChunkRemover::write_down(UndoCounts& counts) {
  const Environment& environment = parts_.migration.environment;
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    counts = {};
    for (const Standing& row : standing_) {
      const std::int64_t id = row.assignment->id;
      if (!row.found) {
        ++counts.gone;
        FLIT_TRY_VOID(environment.books.assignments.set_state(transaction, id, State::rolled_back));
      } else if (!row.reason.empty()) {
        ++counts.kept;
        FLIT_TRY_VOID(undoing_.keep(transaction, id, row.reason, row.detail));
      } else if (row.waits) {
        ++counts.waiting;
      }
    }
    return {};
  });
}

/// Intent, deletion, outcome of some rows.
Result<void> ChunkRemover::send(std::span<Standing*> rows, std::stop_token stop) {
  const Environment& environment = parts_.migration.environment;
  model::RecordBatch batch(table_, model::Verb::remove, {});
  std::vector<store::Intent> intents;
  for (const Standing* row : rows) {
    batch.append({.id = row->assignment->target_id, .version = row->version});
    // The row is as we made it: the ledger can make it again, so there is nothing to keep of it.
    intents.push_back({row->assignment->id, row->assignment->target_id, "{}"});
  }
  store::IntendedBatch intended;
  FLIT_TRY_VOID(environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY(made, environment.books.journal.intend(transaction,
                                                    {.stream = parts_.stream,
                                                     .stage = "S-10",
                                                     .phase = table_,
                                                     .table = table_,
                                                     .verb = model::Verb::remove,
                                                     .road = model::Road::individual,
                                                     .writes = intents},
                                                    environment.clock().now()));
    intended = made;
    return {};
  }));
  FLIT_TRY(outcomes, send_each(parts_.migration.destination.writer, parts_.migration.pacer, batch,
                               std::move(stop)));
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(environment.books.journal.settle(transaction, parts_.stream, intended, outcomes,
                                                   environment.clock().now()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Standing& row = *rows[i];
      if (is_gone(outcomes[i])) {
        FLIT_TRY_VOID(environment.books.assignments.set_state(transaction, row.assignment->id,
                                                              State::rolled_back));
        continue;
      }
      const bool changed = outcomes[i].kind == RowOutcome::Kind::changed;
      row.reason = changed ? store::Assignments::edited : "not_deleted";
      row.detail = changed             ? "somebody changed it while it was about to be deleted"
                   : outcomes[i].error ? outcomes[i].error->message
                                       : "the destination did not say why";
      FLIT_TRY_VOID(undoing_.keep(transaction, row.assignment->id, row.reason, row.detail));
    }
    return {};
  });
}

}  // namespace flit::engine
