#pragma once
/// @file One lane's part of comparing: rows made again from the ledger, read back, laid side by
/// side.
///
/// The row is made by the very code that loading uses (engine/row_maker.hpp), now that everything
/// it refers to is there; its last state lies over it. Cells that were never sent are not ours to
/// compare unless something stands there. Not thread-safe.

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/difference.hpp"
#include "engine/row_maker.hpp"
#include "engine/source_side.hpp"

namespace flit::engine {

class RowComparison {
 public:
  RowComparison(const Migration& migration, std::span<const std::string> authors, bool every_field)
      : migration_(migration), authors_(authors), every_field_(every_field) {}

  /// Assignments that share_a_shape(); one difference each, in their order.
  Result<std::vector<RecordDifference>> compare(std::span<const store::Assignment> chunk,
                                                std::stop_token stop);

 private:
  /// The tools for rows of one shape.
  struct Shape {
    std::unique_ptr<RowMaker> row{};
    std::unique_ptr<RowMaker> state{};  ///< null: rows of this shape have no last state
    std::unique_ptr<SourceSide> source{};
    std::vector<std::string> columns{};       ///< of the row, then of the state alone
    std::vector<std::size_t> state_places{};  ///< of the state's columns among them
    std::vector<std::string> shown{};         ///< where each is read, then the editor
    bool has_editor = false;
  };
  /// A chunk, made again.
  struct Made {
    std::vector<model::Value> cells{};   ///< row by row
    std::vector<std::string> refused{};  ///< why a row cannot be made again; empty: it can
    std::vector<std::vector<mapping::FieldNote>> notes{};
  };

  /// One row from both sides, column by column.
  struct Side {
    std::span<const model::Value> expected{};
    std::span<const model::Value> read{};
    std::span<const mapping::FieldNote> notes{};
  };

  Result<Shape*> shape_of(const store::Assignment& assignment);
  Result<Shape> make_shape(const store::Assignment& assignment) const;
  Result<Made> make(Shape& shape, std::span<const store::Assignment> chunk);
  Result<void> lay_side_by_side(Shape& shape, const store::Assignment& assignment, const Side& side,
                                RecordDifference& record);
  Result<void> explain(Shape& shape, const store::Assignment& assignment, const Side& side,
                       RecordDifference& record);
  Result<SourceSide::Said> said_of(const SourceSide* source, const std::string& column,
                                   const model::Value& expected) const;
  Result<std::optional<store::StagedRecord>> staged_record(
      const store::Assignment& assignment) const;
  Result<std::string> source_of(const model::Value& expected) const;
  bool is_ours(const std::string& editor) const;

  const Migration& migration_;
  std::span<const std::string> authors_;
  bool every_field_;
  std::map<std::string, Shape> shapes_;
  model::Arena arena_;
  model::Arena stored_;
};

/// Whether two assignments are made, and read, in the same way.
bool share_a_shape(const store::Assignment& one, const store::Assignment& other);

}  // namespace flit::engine
