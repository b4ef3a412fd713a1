#pragma once
/// @file A fingerprint of a table that depends on its rows and on nothing else.
///
/// Each row is hashed with SHA-256 over its cells, and the hashes are added modulo 2^256: the order
/// of rows does not matter, a row that stands there twice counts twice, and adding and removing are
/// inverse, so a table can keep its digest up to date or compute it when asked. What belongs to a
/// row is the simulator's decision: contract.md leaves system-stamped columns out, and null cells
/// are the same as absent ones. Not thread-safe.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace flit::sim {

/// Hashes one row after another; reuse it, it keeps its memory.
class RowHasher {
 public:
  /// A cell that is not null. The order of cells does not matter; one name twice does.
  RowHasher& cell(std::string_view name, std::string_view value);

  /// The hash of the row, and ready for the next.
  Sha256::Value finish();

 private:
  struct Cell {
    std::size_t name_at;
    std::size_t name_size;
    std::size_t value_size;
  };
  std::string_view name_of(const Cell& cell) const;
  std::string_view value_of(const Cell& cell) const;

  std::string text_;
  std::vector<Cell> cells_;
  std::string canonical_;
  Sha256 hash_;
};

class TableDigest {
 public:
  void add(const Sha256::Value& row);
  /// REQUIRES: the row was added before.
  void remove(const Sha256::Value& row);

  std::uint64_t rows() const { return rows_; }
  std::string hex() const;
  bool operator==(const TableDigest&) const = default;

 private:
  std::array<std::uint64_t, 4> sum_{};  // least significant first
  std::uint64_t rows_ = 0;
};

/// What GET /__sim/digest answers.
struct DigestReport {
  std::map<std::string, TableDigest> tables;
  TableDigest schema;  ///< one "row" for each table, column, choice … that can be changed

  /// Over the tables that have rows, so that an empty table is as good as none.
  std::string digest() const;
};

}  // namespace flit::sim
