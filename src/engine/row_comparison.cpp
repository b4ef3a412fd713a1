#include "engine/row_comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/link_rows.hpp"
#include "mapping/compiled_states.hpp"

namespace flit::engine {
namespace {

using model::Value;

/// Rows of our own and links are made alike, whatever record they belong to.
std::string kind_of(const store::Assignment& one) {
  if (is_link(one.role)) return "link";
  if (one.role == "own") return "own";
  return one.role + " " + one.object;
}

std::size_t place_of(const std::vector<std::string>& columns, const std::string& column) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) -
                                  columns.begin());
}

/// Columns that an update of an existing row leaves alone.
bool is_for_creation_only(const MigrationMap& map, const std::string& table,
                          const std::string& column) {
  const model::Object* object = map.destination().find_object(table);
  const model::Field* field = object == nullptr ? nullptr : object->find_field(column);
  return field != nullptr && !field->updatable;
}

bool same(const Value& expected, const Value& read) {
  return expected.has_value() ? expected == read : !read.has_value();
}

/// For people: an amount as it was meant, without the zeros that a column adds.
std::string shown(const Value& value) {
  if (value.kind() != Value::Kind::decimal) return value.display();
  return value.as_decimal().text(Decimal::Zeros::dropped);
}

bool is_worth_showing(CellVerdict verdict) {
  return is_mismatch(verdict) || verdict == CellVerdict::edited;
}

}  // namespace

bool share_a_shape(const store::Assignment& one, const store::Assignment& other) {
  return one.table == other.table && kind_of(one) == kind_of(other);
}

bool RowComparison::is_ours(const std::string& editor) const {
  return editor.empty() || std::find(authors_.begin(), authors_.end(), editor) != authors_.end();
}

Result<RowComparison::Shape*> RowComparison::shape_of(const store::Assignment& assignment) {
  const std::string key = assignment.table + " " + kind_of(assignment);
  if (const auto known = shapes_.find(key); known != shapes_.end()) return &known->second;
  FLIT_TRY(made, make_shape(assignment));
  return &shapes_.emplace(key, std::move(made)).first->second;
}

Result<RowComparison::Shape> RowComparison::make_shape(const store::Assignment& assignment) const {
  Shape shape;
  FLIT_TRY(task, task_of(migration_, assignment, model::Verb::create));
  FLIT_TRY(row, make_row_maker(migration_, task));
  shape.row = std::move(row);
  shape.columns = shape.row->columns();
  const bool of_record = task.step == Step::record || task.step == Step::placeholder;
  if (of_record)
    shape.source =
        std::make_unique<SourceSide>(migration_.map, assignment.object, assignment.table);
  if (task.step == Step::record &&
      migration_.map.states(assignment.object, assignment.table) != nullptr) {
    Task state_task = task;
    state_task.step = Step::state;
    FLIT_TRY(state, make_row_maker(migration_, state_task));
    shape.state = std::move(state);
    for (const std::string& column : shape.state->columns()) {
      shape.state_places.push_back(place_of(shape.columns, column));
      if (shape.state_places.back() == shape.columns.size()) shape.columns.push_back(column);
    }
  }
  const model::RowReader& reader = migration_.destination.reader;
  for (const std::string& column : shape.columns)
    shape.shown.push_back(reader.shown_in(assignment.table, column));
  const std::string editor = reader.editor_column(assignment.table);
  shape.has_editor = !editor.empty();
  if (shape.has_editor) shape.shown.push_back(editor);
  return shape;
}

/// The rows as they should be, from the ledger alone.
Result<RowComparison::Made> RowComparison::make(Shape& shape,
                                                std::span<const store::Assignment> chunk) {
  const std::size_t width = shape.columns.size();
  const std::size_t own = shape.row->columns().size();
  Made made{std::vector<Value>(chunk.size() * width), std::vector<std::string>(chunk.size()), {}};
  std::vector<Value> cells(chunk.size() * own);
  FLIT_TRY(rows, shape.row->make(chunk, arena_, cells));
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    std::copy_n(cells.begin() + static_cast<std::ptrdiff_t>(i * own), own,
                made.cells.begin() + static_cast<std::ptrdiff_t>(i * width));
    made.notes.push_back(std::move(rows[i].notes));
    if (rows[i].kind != MadeRow::Kind::ready)
      made.refused[i] =
          rows[i].detail.empty() ? "there is nothing to write any more" : rows[i].detail;
  }
  if (!shape.state) return made;
  const std::size_t states = shape.state->columns().size();
  cells.assign(chunk.size() * states, {});
  FLIT_TRY(closed, shape.state->make(chunk, arena_, cells));
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    if (closed[i].kind != MadeRow::Kind::ready) continue;
    // The status that the row was made with went with its first state; a rule that names none
    // leaves the new one to the platform.
    const std::size_t status = place_of(shape.columns, std::string(mapping::status_column));
    if (status < width) made.cells[i * width + status] = Value();
    for (std::size_t column = 0; column < states; ++column)
      if (const Value& cell = cells[i * states + column]; !cell.is_absent())
        made.cells[i * width + shape.state_places[column]] = cell;
  }
  return made;
}

Result<std::vector<RecordDifference>> RowComparison::compare(
    std::span<const store::Assignment> chunk, std::stop_token stop) {
  arena_.reset();
  FLIT_TRY(shape, shape_of(chunk.front()));
  FLIT_TRY(made, make(*shape, chunk));
  const std::size_t width = shape->columns.size();
  std::vector<RecordDifference> records;
  std::map<std::string, std::size_t, std::less<>> by_id;
  std::vector<std::string> ids;
  for (const store::Assignment& one : chunk) {
    by_id[one.target_id] = records.size();
    ids.push_back(one.target_id);
    records.push_back({.assignment = one.id,
                       .object = one.object,
                       .source_id = one.source_id,
                       .role = one.role,
                       .table = one.table,
                       .target_id = one.target_id,
                       .because = shape->source ? shape->source->because() : std::string(),
                       .found = false});
  }
  const auto lay = [&](std::size_t place, std::span<const Value> read) -> Result<void> {
    RecordDifference& record = records[place];
    record.counts = {.records = 1};
    record.fields.clear();
    if (!made.refused[place].empty()) {
      record.counts.count(CellVerdict::different);
      record.fields.push_back(
          {.verdict = CellVerdict::different,
           .explanation = "the row cannot be made again: " + made.refused[place]});
      return {};
    }
    stored_.reset();
    return lay_side_by_side(
        *shape, chunk[place],
        {std::span(made.cells).subspan(place * width, width), read, made.notes[place]}, record);
  };
  FLIT_TRY_VOID(migration_.pacer.call<void>(Repeat::reads, stop, [&] {
    return migration_.destination.reader.read(
        chunk.front().table, shape->shown, ids,
        [&](const model::ReadRow& row) -> Result<void> {
          const auto known = by_id.find(row.id);
          if (known == by_id.end()) return {};
          RecordDifference& record = records[known->second];
          record.found = true;
          if (shape->has_editor && row.cells.back().kind() == Value::Kind::reference)
            record.edited = !is_ours(std::string(row.cells.back().as_reference().id));
          return lay(known->second, row.cells.first(width));
        },
        stop);
  }));
  const std::vector<Value> nothing(width);
  for (std::size_t place = 0; place < records.size(); ++place)
    if (!records[place].found) FLIT_TRY_VOID(lay(place, nothing));
  return records;
}

/// Verdicts of all cells; words only where they are asked for.
Result<void> RowComparison::lay_side_by_side(Shape& shape, const store::Assignment& assignment,
                                             const Side& side, RecordDifference& record) {
  std::vector<Value> kept(side.expected.size());
  bool plain = true;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const bool left_alone =
        assignment.verdict == store::Verdict::update &&
        is_for_creation_only(migration_.map, assignment.table, shape.columns[i]);
    if (left_alone || side.expected[i].is_absent()) continue;
    kept[i] = migration_.destination.reader.stored(assignment.table, shape.columns[i],
                                                   side.expected[i], stored_);
    plain = plain && record.found && same(kept[i], side.read[i]);
  }
  if (every_field_ || !plain)
    return explain(shape, assignment, {kept, side.read, side.notes}, record);
  for (const Value& cell : kept)
    if (!cell.is_absent()) record.counts.count(CellVerdict::equal);
  return {};
}

/// What the source says there, and in which field.
Result<SourceSide::Said> RowComparison::said_of(const SourceSide* source, const std::string& column,
                                                const Value& expected) const {
  SourceSide::Said said = source != nullptr ? source->behind(column) : SourceSide::Said{};
  if (said.text.empty() && !said.constant) {
    FLIT_TRY(origin, source_of(expected));
    said.text = std::move(origin);
  }
  return said;
}

/// Cells that were never sent are left out.
Result<void> RowComparison::explain(Shape& shape, const store::Assignment& assignment,
                                    const Side& side, RecordDifference& record) {
  std::optional<store::StagedRecord> staged;  // the source's side points into it
  if (shape.source) {
    FLIT_TRY(found, staged_record(assignment));
    staged = std::move(found);
    if (staged) FLIT_TRY_VOID(shape.source->open(staged->record));
  }
  const SourceSide* source = staged ? shape.source.get() : nullptr;
  for (std::size_t i = 0; i < side.expected.size(); ++i) {
    if (side.expected[i].is_absent()) continue;
    FLIT_TRY(said, said_of(source, shape.columns[i], side.expected[i]));
    said.constant = said.constant || assignment.role == "own";
    const auto note = std::find_if(side.notes.begin(), side.notes.end(),
                                   [&](const auto& one) { return one.column == shape.columns[i]; });
    const bool noted = note != side.notes.end();
    const Value read = side.read[i].is_absent() ? Value::null() : side.read[i];
    Judgement judged = judge({.source = said.text,
                              .expected = side.expected[i],
                              .read = record.found ? read : Value(),
                              .code = noted ? note->code : std::string_view(),
                              .detail = noted ? std::string_view(note->detail) : std::string_view(),
                              .constant = said.constant && said.text.empty(),
                              .edited_by_others = record.edited});
    record.counts.count(judged.verdict);
    if (is_mismatch(judged.verdict) && record.found && assignment.pending != 0)
      judged.explanation += "; it still waits to be written";
    if (!every_field_ && !is_worth_showing(judged.verdict)) continue;
    record.fields.push_back({.field = std::move(said.field),
                             .column = shape.columns[i],
                             .source = std::move(said.text),
                             .expected = shown(side.expected[i]),
                             .read = shown(read),
                             .verdict = judged.verdict,
                             .explanation = std::move(judged.explanation)});
  }
  return {};
}

Result<std::optional<store::StagedRecord>> RowComparison::staged_record(
    const store::Assignment& assignment) const {
  std::optional<store::StagedRecord> staged;
  const Environment& environment = migration_.environment;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found,
                 environment.books.staging.find(reader, assignment.object, assignment.source_id));
        staged = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  return staged;
}

/// Of a reference, the record that the row came from: "companies 501".
Result<std::string> RowComparison::source_of(const Value& expected) const {
  std::string origin;
  if (expected.kind() != Value::Kind::reference) return origin;
  const Environment& environment = migration_.environment;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(known, environment.books.assignments.by_target(reader, expected.as_reference().id));
    if (!known.empty()) origin = known.front().object + " " + known.front().source_id;
    return {};
  }));
  return origin;
}

}  // namespace flit::engine
