#pragma once
/// @file One lane's part of comparing: rows made again from the ledger, read back, laid side by
/// side.
///
/// The row is made by the very code that loading uses (engine/row_maker.hpp), now that everything
/// it refers to is there; its last state lies over it. Cells that were never sent are not ours to
/// compare unless something stands there. Not thread-safe.

#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/difference.hpp"
#include "engine/expected_rows.hpp"

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
    ExpectedRows rows;
    std::vector<std::string> shown{};  ///< where each column is read, then the editor
    bool has_editor = false;
  };

  /// One row from both sides, column by column.
  struct Side {
    std::span<const model::Value> expected{};
    std::span<const model::Value> read{};
    std::span<const mapping::FieldNote> notes{};
  };

  Result<Shape*> shape_like(const store::Assignment& assignment, std::stop_token stop);
  Result<void> read_back(const Shape& shape, std::span<const store::Assignment> chunk,
                         const ExpectedChunk& expected, std::vector<RecordDifference>& records,
                         std::stop_token stop);
  Result<void> lay(const Shape& shape, const store::Assignment& assignment, const Side& side,
                   const std::string& refused, RecordDifference& record);
  Result<void> lay_side_by_side(const Shape& shape, const store::Assignment& assignment,
                                const Side& side, RecordDifference& record);
  Result<void> explain(const Shape& shape, const store::Assignment& assignment, const Side& side,
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

}  // namespace flit::engine
