#pragma once
/// @file What a unit of work did to the records, so that all of it or its end can be undone.
///
/// Used under the org's exclusive lock. Without commit() everything is undone.

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "sim/salesforce/records/record_store.hpp"

namespace flit::sim::salesforce {

class Transaction {
 public:
  explicit Transaction(RecordStore& store) : store_(store) {}
  ~Transaction() { roll_back_to(0); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void put(const Object& object, std::unique_ptr<Row> row);
  void take(const Object& object, RecordId id);

  /// A point to return to.
  std::size_t mark() const { return changes_.size(); }
  void roll_back_to(std::size_t mark);

  void commit() { changes_.clear(); }

 private:
  struct Change {
    const Object* object;
    RecordId id;
    std::unique_ptr<Row> before;
  };
  RecordStore& store_;
  std::vector<Change> changes_;
};

}  // namespace flit::sim::salesforce
