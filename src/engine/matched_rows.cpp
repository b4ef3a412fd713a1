#include "engine/matched_rows.hpp"

#include <algorithm>

#include "engine/row_image.hpp"

namespace flit::engine {
namespace {

using Kind = MadeRow::Kind;
using model::Value;

/// The state of a row that takes values; every platform's first one (facts/dataverse.md §12).
constexpr std::int64_t open_state = 0;

bool is_open(const Value& state) {
  return !state.has_value() || state.display() == std::to_string(open_state);
}

}  // namespace

Result<std::unique_ptr<RowMaker>> MatchedRows::make(const Migration& migration,
                                                    const std::string& object, std::size_t route) {
  std::unique_ptr<MatchedRows> made(
      new MatchedRows(migration, object, route, [](const model::Field&) { return true; }));
  for (const packs::Placeholder& spec : migration.path.placeholders)
    if (spec.object == object)
      for (const auto& [column, value] : spec.values) made->columns_.push_back(column);
  return std::unique_ptr<RowMaker>(std::move(made));
}

MatchedRows::MatchedRows(const Migration& migration, const std::string& object, std::size_t route,
                         const std::function<bool(const model::Field&)>& writes)
    : RecordRows(migration, object, route), migration_(migration) {
  const model::Object& target = *migration.map.destination().find_object(table());
  for (std::size_t i = 0; i < builder().columns().size(); ++i) {
    const model::Field* column = target.find_field(builder().columns()[i]);
    if (column == nullptr || !column->updatable || !writes(*column)) continue;
    // Giving a row to another owner gives away its children too (design.md §5).
    if (column->name == migration.path.owner) continue;
    places_.push_back(i);
    columns_.push_back(column->name);
  }
  has_state_ = target.find_field(mapping::state_column) != nullptr;
}

Result<std::vector<MadeRow>> MatchedRows::make(std::span<const store::Assignment> chunk,
                                               model::Arena& arena, std::span<Value> cells) {
  const std::size_t width = builder().columns().size();
  std::vector<Value> whole(width * chunk.size());
  FLIT_TRY(made, RecordRows::make(chunk, arena, whole));
  FLIT_TRY(standings, read(chunk, arena));
  for (std::size_t row = 0; row < chunk.size(); ++row) {
    if (made[row].kind != Kind::ready) continue;
    const auto standing = standings.find(chunk[row].target_id);
    if (standing == standings.end()) {
      made[row] = {.kind = Kind::refused,
                   .reason = "row_missing",
                   .detail = "the row that was matched is not there any more"};
      continue;
    }
    const auto narrow = cells.subspan(row * columns_.size(), columns_.size());
    for (std::size_t i = 0; i < places_.size(); ++i) narrow[i] = whole[row * width + places_[i]];
    if (chunk[row].reason == store::Assignments::stood_in_for)
      std::fill(narrow.begin() + static_cast<std::ptrdiff_t>(places_.size()), narrow.end(),
                Value::null());
    made[row] = compare(standing->second, std::move(made[row]), arena, narrow);
  }
  return made;
}

MadeRow MatchedRows::compare(const Standing& standing, MadeRow made, model::Arena& arena,
                             std::span<Value> cells) const {
  if (standing.closed)
    return {.kind = Kind::refused,
            .reason = "closed_over_there",
            .detail = "the row is closed and takes no values until it is opened"};
  std::vector<std::string> replaced;
  std::vector<Value> before;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].is_absent()) continue;
    const Value stored =
        migration_.destination.reader.stored(table(), columns_[i], cells[i], arena);
    const Value& known = standing.cells[i];
    const bool same = stored == known || (!stored.has_value() && !known.has_value());
    if (same) {
      cells[i] = Value();
      continue;
    }
    replaced.push_back(columns_[i]);
    before.push_back(known.is_absent() ? Value::null() : known);
  }
  made.kind = replaced.empty() ? Kind::nothing : Kind::ready;
  made.version = standing.version;
  made.before = image_of(replaced, before);
  return made;
}

Result<MatchedRows::Standings> MatchedRows::read(std::span<const store::Assignment> chunk,
                                                 model::Arena& arena) const {
  std::vector<std::string> ids;
  for (const store::Assignment& one : chunk) ids.push_back(one.target_id);
  std::vector<std::string> columns = columns_;
  if (has_state_) columns.emplace_back(mapping::state_column);
  Standings standings;
  FLIT_TRY_VOID(migration_.pacer.call<void>(Repeat::reads, {}, [&] {
    return migration_.destination.reader.read(
        table(), columns, ids,
        [&](const model::ReadRow& row) {
          Standing& one = standings[std::string(row.id)];
          one.version = row.version;
          one.closed = has_state_ && !is_open(row.cells.back());
          one.cells.clear();
          for (std::size_t i = 0; i < columns_.size(); ++i)
            one.cells.push_back(row.cells[i].copied_to(arena));
          return Result<void>();
        },
        {});
  }));
  return standings;
}

MatchedReferences::MatchedReferences(const Migration& migration, const std::string& object,
                                     std::size_t route)
    : MatchedRows(migration, object, route, [](const model::Field& column) {
        return column.type == model::FieldType::reference;
      }) {}

Result<MadeRow> MatchedReferences::finish(const model::Record& /*record*/, bool cut,
                                          std::span<Value> cells) {
  leave_out_waiting(cut, cells);
  return MadeRow{.kind = Kind::ready};
}

}  // namespace flit::engine
