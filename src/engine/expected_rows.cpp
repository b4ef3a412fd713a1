#include "engine/expected_rows.hpp"

#include <algorithm>

#include "engine/also_rows.hpp"
#include "engine/link_rows.hpp"
#include "mapping/compiled_states.hpp"

namespace flit::engine {
namespace {

using model::Value;

/// As many columns as there are: it is none of them.
std::size_t place_of(const std::vector<std::string>& columns, std::string_view column) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) -
                                  columns.begin());
}

}  // namespace

std::string shape_of(const store::Assignment& assignment) {
  if (is_link(assignment.role)) return assignment.table + " link";
  if (assignment.role == "own") return assignment.table + " own";
  return assignment.table + " " + assignment.role + " " + assignment.object;
}

bool share_a_shape(const store::Assignment& one, const store::Assignment& other) {
  return shape_of(one) == shape_of(other);
}

Result<ExpectedRows> ExpectedRows::like(const Migration& migration,
                                        const store::Assignment& assignment) {
  ExpectedRows rows;
  FLIT_TRY(task, task_of(migration, assignment, model::Verb::create));
  FLIT_TRY(row, make_row_maker(migration, task));
  rows.row_ = std::move(row);
  rows.columns_ = rows.row_->columns();
  if (task.step == Step::record || task.step == Step::placeholder)
    rows.source_ = std::make_unique<SourceSide>(migration.map, task.object, assignment.table);
  if (task.step == Step::record && migration.map.states(task.object, assignment.table) != nullptr)
    FLIT_TRY_VOID(rows.add_state(migration, std::move(task)));
  return rows;
}

Result<void> ExpectedRows::add_state(const Migration& migration, Task task) {
  task.step = Step::state;
  FLIT_TRY(state, make_row_maker(migration, task));
  state_ = std::move(state);
  for (const std::string& column : state_->columns()) {
    state_places_.push_back(place_of(columns_, column));
    if (state_places_.back() == columns_.size()) columns_.push_back(column);
  }
  return {};
}

Result<ExpectedChunk> ExpectedRows::make(std::span<const store::Assignment> chunk,
                                         model::Arena& arena) {
  const std::size_t width = columns_.size();
  const std::size_t own = row_->columns().size();
  ExpectedChunk expected{.cells = std::vector<Value>(chunk.size() * width),
                         .refused = std::vector<std::string>(chunk.size())};
  std::vector<Value> cells(chunk.size() * own);
  FLIT_TRY(rows, row_->make(chunk, arena, cells));
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    std::copy_n(cells.begin() + static_cast<std::ptrdiff_t>(i * own), own,
                expected.cells.begin() + static_cast<std::ptrdiff_t>(i * width));
    expected.notes.push_back(std::move(rows[i].notes));
    if (rows[i].kind != MadeRow::Kind::ready)
      expected.refused[i] =
          rows[i].detail.empty() ? "there is nothing to write any more" : rows[i].detail;
  }
  if (state_) FLIT_TRY_VOID(lay_states_over(chunk, arena, expected));
  return expected;
}

/// The status that a row was made with went with its first state; a rule that names none leaves the
/// new one to the platform.
Result<void> ExpectedRows::lay_states_over(std::span<const store::Assignment> chunk,
                                           model::Arena& arena, ExpectedChunk& expected) {
  const std::size_t width = columns_.size();
  const std::size_t states = state_->columns().size();
  const std::size_t status = place_of(columns_, mapping::status_column);
  std::vector<Value> cells(chunk.size() * states);
  FLIT_TRY(closed, state_->make(chunk, arena, cells));
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    if (closed[i].kind != MadeRow::Kind::ready) continue;
    if (status < width) expected.cells[i * width + status] = Value();
    for (std::size_t column = 0; column < states; ++column)
      if (const Value& cell = cells[i * states + column]; !cell.is_absent())
        expected.cells[i * width + state_places_[column]] = cell;
  }
  return {};
}

}  // namespace flit::engine
