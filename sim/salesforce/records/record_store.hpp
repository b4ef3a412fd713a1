#pragma once
/// @file All records of the org, the numbers new ones get, and the bytes of files.
///
/// Objects that share a key prefix share its numbers (fact sheet §7: 069, 01J). Guarded by the
/// org's lock like the tables.

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/salesforce/records/record_table.hpp"
#include "sim/salesforce/schema/catalogue.hpp"

namespace flit::sim::salesforce {

class RecordStore {
 public:
  explicit RecordStore(const Catalogue& catalogue) : catalogue_(catalogue) {}

  RecordTable& table(const Object& object);
  /// Null when the object has never had a record.
  const RecordTable* find_table(const Object& object) const;

  /// The record of any object, deleted ones too; null if there is none.
  const Row* find(RecordId id, const Object** object = nullptr) const;
  const Row* find(const Object& object, RecordId id) const;

  RecordId next_id(const Object& object);
  /// Ids of that prefix are given from `counter` on, unless they are beyond it already.
  void reserve_ids(std::uint32_t prefix, std::uint64_t counter);
  const std::unordered_map<std::uint32_t, std::uint64_t>& counters() const { return counters_; }

  /// Keeps the bytes of a file; the number goes into a cell. Files are never changed.
  std::int64_t add_file(std::string bytes);
  const std::string& file(std::int64_t number) const {
    return files_[static_cast<std::size_t>(number)];
  }
  std::size_t files() const { return files_.size(); }
  std::uint64_t file_bytes() const { return file_bytes_; }

  /// What the records count towards data storage: 2 KB each, a campaign 8 (fact sheet §2.8).
  std::uint64_t data_kb() const;

  std::size_t memory() const;

  void clear();

 private:
  const Catalogue& catalogue_;
  std::vector<std::unique_ptr<RecordTable>> tables_;           // by Object::index; null until used
  std::unordered_map<std::uint32_t, std::uint64_t> counters_;  // prefix → last number given
  std::unordered_map<std::uint32_t, std::vector<std::uint16_t>> by_prefix_;
  std::deque<std::string> files_;
  std::uint64_t file_bytes_ = 0;
};

}  // namespace flit::sim::salesforce
