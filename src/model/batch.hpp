#pragma once
/// @file Rows for one destination table, over one arena: the unit of transforming and of loading.
///
/// A batch is filled, handed to a connector, settled and reset; its memory is reused, so a lane
/// needs no more than its largest batch however many records pass. Cells are row by row, columns in
/// one order for all rows; a cell that is absent is not sent. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/arena.hpp"
#include "model/record.hpp"
#include "model/value.hpp"

namespace flit::model {

/// What the rows of a batch ask for. Close: a state change that a plain update cannot express.
enum class Verb : std::uint8_t { create, update, upsert, close, remove, link, unlink };

std::string_view to_string(Verb verb);

struct RowHeader {
  std::uint64_t operation = 0;  ///< the ledger's number of this write
  std::string_view id;          ///< primary id over there, decided by us; in the arena
  std::string_view version{};   ///< update only if it still is this; empty: unconditionally
};

class RecordBatch {
 public:
  RecordBatch(std::string table, Verb verb, std::vector<std::string> columns);

  const std::string& table() const { return table_; }
  Verb verb() const { return verb_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t size() const { return headers_.size(); }
  bool empty() const { return headers_.empty(); }
  Arena& arena() { return arena_; }

  /// Adds a row of absent cells; header texts are copied. The span is valid until the next
  /// append().
  std::span<Value> append(const RowHeader& header);

  const RowHeader& header(std::size_t row) const { return headers_[row]; }
  std::span<const Value> row(std::size_t row) const;
  const Value& at(std::size_t row, std::size_t column) const;

  /// Empty again, memory kept.
  void reset();

 private:
  std::string table_;
  Verb verb_;
  std::vector<std::string> columns_;
  std::vector<RowHeader> headers_;
  std::vector<Value> cells_;
  Arena arena_;
};

/// What became of one row of a batch.
struct RowOutcome {
  enum class Kind : std::uint8_t {
    done,
    exists,   ///< a create whose identity is already there: an earlier try, or somebody else
    missing,  ///< an update or delete of a row that is not there
    changed,  ///< a conditional update: somebody touched the row since
    failed,   ///< see error; its fault says whether to try again
  };
  Kind kind = Kind::done;
  std::string id{};       ///< assigned by the platform, where we could not choose it
  std::string version{};  ///< after the write, where the platform tells
  std::optional<Error> error{};
};

}  // namespace flit::model
