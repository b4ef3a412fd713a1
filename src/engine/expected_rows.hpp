#pragma once
/// @file What rows that we wrote should look like over there, made again from the ledger alone.
///
/// By the very code that loading uses (engine/row_maker.hpp), now that everything that they refer
/// to is there; a record's last state lies over its row. Cells that were never sent are absent. For
/// rows of one shape: one object on one table, or the links or the pack's own records of a table.
/// One per lane: not thread-safe.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/row_maker.hpp"
#include "engine/source_side.hpp"

namespace flit::engine {

/// A chunk of rows, each with as many cells as there are columns.
struct ExpectedChunk {
  std::vector<model::Value> cells{};  ///< row by row; in the arena that make() was given
  std::vector<std::vector<mapping::FieldNote>> notes{};  ///< of each row: what was not plain
  std::vector<std::string> refused{};  ///< why a row cannot be made again; empty: it can
};

class ExpectedRows {
 public:
  /// For rows that share_a_shape() with this one. Fault::setup when map or pack have no such rows
  /// (any more).
  static Result<ExpectedRows> like(const Migration& migration, const store::Assignment& assignment);

  /// Of the row, then of the state alone.
  const std::vector<std::string>& columns() const { return columns_; }

  /// Null: no source record stands behind these rows.
  SourceSide* source() const { return source_.get(); }

  Result<ExpectedChunk> make(std::span<const store::Assignment> chunk, model::Arena& arena);

 private:
  Result<void> add_state(const Migration& migration, Task task);
  Result<void> lay_states_over(std::span<const store::Assignment> chunk, model::Arena& arena,
                               ExpectedChunk& expected);

  std::unique_ptr<RowMaker> row_;
  std::unique_ptr<RowMaker> state_;  // null: rows of this shape have no last state
  std::unique_ptr<SourceSide> source_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> state_places_;  // of the state's columns among them
};

/// Whether two rows are made, and read, in the same way.
bool share_a_shape(const store::Assignment& one, const store::Assignment& other);

/// The name of the shape, unique within a migration.
std::string shape_of(const store::Assignment& assignment);

}  // namespace flit::engine
