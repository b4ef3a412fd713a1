#include "engine/row_comparison.hpp"

#include <algorithm>

#include "engine/also_rows.hpp"
#include "engine/read_rows.hpp"

namespace flit::engine {
namespace {

using model::Value;

/// Columns that an update of an existing row leaves alone: those that only creation can write, and
/// the owner, who would take the row's children along.
bool is_for_creation_only(const Migration& migration, const std::string& table,
                          const std::string& column) {
  if (column == migration.path.owner) return true;
  const model::Object* object = migration.map.destination().find_object(table);
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

/// What was noted about a column while its row was made; nothing noted: no code, no detail.
const mapping::FieldNote& note_on(std::span<const mapping::FieldNote> notes,
                                  std::string_view column) {
  static const mapping::FieldNote nothing{};
  const auto noted = std::find_if(notes.begin(), notes.end(), [&](const mapping::FieldNote& one) {
    return one.column == column;
  });
  return noted == notes.end() ? nothing : *noted;
}

bool is_worth_showing(CellVerdict verdict) {
  return is_mismatch(verdict) || verdict == CellVerdict::edited;
}

}  // namespace

bool RowComparison::is_ours(const std::string& editor) const {
  return editor.empty() || std::find(authors_.begin(), authors_.end(), editor) != authors_.end();
}

Result<RowComparison::Shape*> RowComparison::shape_like(const store::Assignment& assignment,
                                                        std::stop_token stop) {
  const std::string name = shape_of(assignment);
  if (const auto known = shapes_.find(name); known != shapes_.end()) return &known->second;
  FLIT_TRY(rows, ExpectedRows::like(migration_, assignment));
  Shape shape{.rows = std::move(rows)};
  const model::RowReader& reader = migration_.destination.reader;
  FLIT_TRY(editor, editor_column(migration_, assignment.table, std::move(stop)));
  for (const std::string& column : shape.rows.columns())
    shape.shown.push_back(reader.shown_in(assignment.table, column));
  shape.has_editor = !editor.empty();
  if (shape.has_editor) shape.shown.push_back(editor);
  return &shapes_.emplace(name, std::move(shape)).first->second;
}

Result<std::vector<RecordDifference>> RowComparison::compare(
    std::span<const store::Assignment> chunk, std::stop_token stop) {
  arena_.reset();
  FLIT_TRY(shape, shape_like(chunk.front(), stop));
  FLIT_TRY(expected, shape->rows.make(chunk, arena_));
  const SourceSide* source = shape->rows.source();
  std::vector<RecordDifference> records;
  for (const store::Assignment& one : chunk)
    records.push_back({.assignment = one.id,
                       .object = one.object,
                       .source_id = one.source_id,
                       .role = one.role,
                       .table = one.table,
                       .target_id = one.target_id,
                       .because = source != nullptr ? source->because() : std::string(),
                       .found = false});
  FLIT_TRY_VOID(read_back(*shape, chunk, expected, records, std::move(stop)));
  return records;
}

/// Each row is judged as it comes, because its cells do not outlive the next; rows that do not come
/// are judged last.
Result<void> RowComparison::read_back(const Shape& shape, std::span<const store::Assignment> chunk,
                                      const ExpectedChunk& expected,
                                      std::vector<RecordDifference>& records,
                                      std::stop_token stop) {
  const std::size_t width = shape.rows.columns().size();
  std::map<std::string, std::size_t, std::less<>> places;
  std::vector<std::string> ids;
  for (const store::Assignment& one : chunk) {
    places[one.target_id] = ids.size();
    ids.push_back(one.target_id);
  }
  const auto judge_row = [&](std::size_t place, std::span<const Value> read) {
    const Side side{std::span(expected.cells).subspan(place * width, width), read,
                    expected.notes[place]};
    return lay(shape, chunk[place], side, expected.refused[place], records[place]);
  };
  FLIT_TRY_VOID(read_rows(
      migration_, {.table = chunk.front().table, .columns = shape.shown, .ids = ids},
      [&](const model::ReadRow& row) -> Result<void> {
        const auto known = places.find(row.id);
        if (known == places.end()) return {};
        RecordDifference& record = records[known->second];
        record.found = true;
        record.edited = store::Assignments::tells_of_edit(chunk[known->second].reason);
        if (!record.edited && shape.has_editor && row.cells.back().kind() == Value::Kind::reference)
          record.edited = !is_ours(std::string(row.cells.back().as_reference().id));
        return judge_row(known->second, row.cells.first(width));
      },
      std::move(stop)));
  const std::vector<Value> nothing(width);
  for (std::size_t place = 0; place < records.size(); ++place)
    if (!records[place].found) FLIT_TRY_VOID(judge_row(place, nothing));
  return {};
}

Result<void> RowComparison::lay(const Shape& shape, const store::Assignment& assignment,
                                const Side& side, const std::string& refused,
                                RecordDifference& record) {
  record.counts = {.records = 1};
  record.fields.clear();
  stored_.reset();
  if (refused.empty()) return lay_side_by_side(shape, assignment, side, record);
  record.counts.count(CellVerdict::different);
  record.fields.push_back({.verdict = CellVerdict::different,
                           .explanation = "the row cannot be made again: " + refused});
  return {};
}

/// Verdicts of all cells; words only where they are asked for.
Result<void> RowComparison::lay_side_by_side(const Shape& shape,
                                             const store::Assignment& assignment, const Side& side,
                                             RecordDifference& record) {
  std::vector<Value> kept(side.expected.size());
  bool plain = true;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const bool left_alone =
        assignment.verdict == store::Verdict::update &&
        is_for_creation_only(migration_, assignment.table, shape.rows.columns()[i]);
    if (left_alone || side.expected[i].is_absent()) continue;
    kept[i] = migration_.destination.reader.stored(assignment.table, shape.rows.columns()[i],
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
Result<void> RowComparison::explain(const Shape& shape, const store::Assignment& assignment,
                                    const Side& side, RecordDifference& record) {
  std::optional<store::StagedRecord> staged;  // the source's side points into it
  if (SourceSide* source = shape.rows.source()) {
    FLIT_TRY(found, staged_record(assignment));
    staged = std::move(found);
    if (staged) FLIT_TRY_VOID(source->open(staged->record));
  }
  const SourceSide* source = staged ? shape.rows.source() : nullptr;
  for (std::size_t i = 0; i < side.expected.size(); ++i) {
    if (side.expected[i].is_absent()) continue;
    const std::string& column = shape.rows.columns()[i];
    FLIT_TRY(said, said_of(source, column, side.expected[i]));
    said.constant = said.constant || assignment.role == "own";
    const mapping::FieldNote& note = note_on(side.notes, column);
    const Value read = side.read[i].is_absent() ? Value::null() : side.read[i];
    Judgement judged = judge({.source = said.text,
                              .expected = side.expected[i],
                              .read = record.found ? read : Value(),
                              .code = note.code,
                              .detail = note.detail,
                              .constant = said.constant && said.text.empty(),
                              .edited_by_others = record.edited});
    record.counts.count(judged.verdict);
    if (is_mismatch(judged.verdict) && record.found && assignment.pending != 0)
      judged.explanation += "; it still waits to be written";
    if (!every_field_ && !is_worth_showing(judged.verdict)) continue;
    record.fields.push_back({.field = std::move(said.field),
                             .column = column,
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
        if (is_also(assignment.role))
          return environment.books.worklist.fetch(
              reader, {&assignment, 1}, [&](const store::Worklist::Item& item) -> Result<void> {
                staged = item.staged;
                return {};
              });
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
    if (!known.empty()) origin = map_name(known.front()) + " " + known.front().source_id;
    return {};
  }));
  return origin;
}

}  // namespace flit::engine
