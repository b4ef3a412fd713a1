#include "engine/record_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::engine {
namespace {

using Kind = MadeRow::Kind;
using store::Pending;

MadeRow refusal_of(const mapping::FieldNote& note) {
  return {.kind = Kind::refused, .reason = std::string(note.code), .detail = detail_of(note)};
}

const mapping::FieldNote* refused_note(const std::vector<mapping::FieldNote>& notes) {
  const auto found = std::find_if(notes.begin(), notes.end(),
                                  [](const mapping::FieldNote& note) { return note.refused; });
  return found == notes.end() ? nullptr : &*found;
}

/// Rows of ours were made without these columns: what an update replaces is nothing.
std::string nothing_before(const std::vector<std::string>& columns,
                           std::span<const model::Value> cells) {
  json::Writer out;
  out.begin_object();
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!cells[i].is_absent()) out.key(columns[i]).null();
  out.end_object();
  return out.take();
}

/// The edge that would close a cycle is left out for good.
void leave_out_own_kind(const std::string& table, std::span<model::Value> cells) {
  for (model::Value& cell : cells)
    if (cell.kind() == model::Value::Kind::reference && cell.as_reference().table == table)
      cell = model::Value();
}

}  // namespace

RecordRows::RecordRows(const Migration& migration, const std::string& object, std::size_t route)
    : migration_(migration),
      identities_(migration.environment.ledger.info().id,
                  migration.environment.ledger.info().generation),
      lookups_(migration.environment.ledger, migration.environment.books, migration.owners),
      builder_({migration.map, migration.environment.ledger, migration.environment.books, lookups_,
                identities_, &migration.path},
               object, route),
      states_(migration.map.states(object, builder_.table())) {}

Result<std::vector<MadeRow>> RecordRows::make(std::span<const store::Assignment> chunk,
                                              model::Arena& arena, std::span<model::Value> cells) {
  const std::size_t width = builder_.columns().size();
  std::vector<MadeRow> made(chunk.size());
  std::vector<std::string> ids;
  for (const store::Assignment& one : chunk) ids.push_back(one.source_id);
  FLIT_TRY_VOID(builder_.prepare(ids));
  Environment& environment = migration_.environment;
  const Result<void> read = environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.worklist.fetch(
        reader, chunk, [&](const store::Worklist::Item& item) -> Result<void> {
          const auto row = cells.subspan(item.place * width, width);
          FLIT_TRY_VOID(builder_.build(item.staged.record, arena, row, built_));
          FLIT_TRY(one, finish(item.staged.record, item.cut, row));
          made[item.place] = std::move(one);
          return {};
        });
  });
  if (!read) return Error(read.error());
  return made;
}

Result<MadeRow> RecordRows::finish(const model::Record& record, bool cut,
                                   std::span<model::Value> cells) {
  if (const auto* refused = refused_note(built_.notes)) return refusal_of(*refused);
  MadeRow made{.kind = Kind::ready, .notes = built_.notes};
  if (cut) leave_out_own_kind(table(), cells);
  for (const std::size_t place : built_.later) {
    if (cells[place].is_absent()) continue;
    cells[place] = model::Value();
    made.pending |= static_cast<std::uint8_t>(Pending::lookups);
  }
  if (states_ != nullptr && states_->rule_of(builder_.view(), record.payload))
    made.pending |= static_cast<std::uint8_t>(Pending::state);
  return made;
}

void RecordRows::leave_out_waiting(bool cut, std::span<model::Value> cells) const {
  for (const std::size_t place : built_.later) cells[place] = model::Value();
  if (cut) leave_out_own_kind(table(), cells);
}

LateReferences::LateReferences(const Migration& migration, const std::string& object,
                               std::size_t route)
    : RecordRows(migration, object, route) {
  const model::Object& target = *migration.map.destination().find_object(table());
  for (std::size_t i = 0; i < builder().columns().size(); ++i) {
    const model::Field* column = target.find_field(builder().columns()[i]);
    if (column == nullptr || column->type != model::FieldType::reference || !column->updatable)
      continue;
    places_.push_back(i);
    columns_.push_back(column->name);
  }
}

/// Builds whole rows, of which the references are taken.
Result<std::vector<MadeRow>> LateReferences::make(std::span<const store::Assignment> chunk,
                                                  model::Arena& arena,
                                                  std::span<model::Value> cells) {
  const std::size_t width = builder().columns().size();
  std::vector<model::Value> whole(width * chunk.size());
  FLIT_TRY(made, RecordRows::make(chunk, arena, whole));
  for (std::size_t row = 0; row < chunk.size(); ++row) {
    const auto narrow = cells.subspan(row * places_.size(), places_.size());
    bool any = false;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      narrow[i] = whole[row * width + places_[i]];
      any |= !narrow[i].is_absent();
    }
    if (made[row].kind != Kind::ready) continue;
    if (!any) made[row].kind = Kind::nothing;
    made[row].before = nothing_before(columns_, narrow);
  }
  return made;
}

Result<MadeRow> LateReferences::finish(const model::Record& /*record*/, bool cut,
                                       std::span<model::Value> cells) {
  leave_out_waiting(cut, cells);
  return MadeRow{.kind = Kind::ready};
}

StateRows::StateRows(const Migration& migration, const std::string& object,
                     const std::string& table)
    : migration_(migration),
      table_(table),
      states_(*migration.map.states(object, table)),
      lookups_(migration.environment.ledger, migration.environment.books, migration.owners),
      view_(migration.map.find(object)->numbers()) {}

Result<std::vector<MadeRow>> StateRows::make(std::span<const store::Assignment> chunk,
                                             model::Arena& arena, std::span<model::Value> cells) {
  const std::size_t width = columns().size();
  std::vector<MadeRow> made(chunk.size());
  Environment& environment = migration_.environment;
  const Result<void> read = environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.worklist.fetch(
        reader, chunk, [&](const store::Worklist::Item& item) -> Result<void> {
          FLIT_TRY_VOID(view_.open(item.staged.record.payload));
          made[item.place] =
              made_of(item.staged.record, arena, cells.subspan(item.place * width, width));
          return {};
        });
  });
  if (!read) return Error(read.error());
  return made;
}

MadeRow StateRows::made_of(const model::Record& record, model::Arena& arena,
                           std::span<model::Value> cells) {
  const auto rule = states_.rule_of(view_, record.payload);
  if (!rule) return {};
  notes_.clear();
  states_.transform(view_, *rule, {arena, lookups_}, cells, notes_);
  if (const auto* refused = refused_note(notes_)) return refusal_of(*refused);
  return {.kind = Kind::ready, .before = nothing_before(columns(), cells)};
}

}  // namespace flit::engine
