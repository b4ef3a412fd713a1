#pragma once
/// @file All or nothing: remembers what each write replaced and puts it back unless committed.
///
/// REQUIRES: the organization's exclusive lock for its whole life. Files (documentbody, file
/// columns) are ordinary cells or blobs named by cells, so they follow the rows.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/dataverse/records/record_store.hpp"

namespace flit::sim::dataverse {

class Transaction {
 public:
  explicit Transaction(RecordStore& store) : store_(store) {}
  ~Transaction() { roll_back(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void put(const Table& table, std::unique_ptr<Row> row);
  void take(const Table& table, const Uuid& id);

  /// False when the pair was (not) there already.
  bool link(const std::string& relationship, const Uuid& first, const Uuid& second);
  bool unlink(const std::string& relationship, const Uuid& first, const Uuid& second);

  /// What else to do when everything is rolled back (change log, recycle bin).
  void on_rollback(std::function<void()> undo) { undo_.push_back({.other = std::move(undo)}); }

  void commit() { undo_.clear(); }
  void roll_back();

  /// Savepoints: how far to roll back when only the last operation failed.
  std::size_t mark() const { return undo_.size(); }
  void roll_back_to(std::size_t mark);

  RecordStore& store() { return store_; }

 private:
  /// One write of a row (nearly all of them), or anything else.
  struct Undo {
    RecordTable* rows = nullptr;    ///< null: `other`
    Uuid id{};                      ///< the row that was put or taken
    std::unique_ptr<Row> before{};  ///< null: there was none
    std::function<void()> other{};
  };

  RecordStore& store_;
  std::vector<Undo> undo_;
};

}  // namespace flit::sim::dataverse
