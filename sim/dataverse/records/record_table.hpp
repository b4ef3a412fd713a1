#pragma once
/// @file The rows of one table with their indexes: by id, by alternate key, by lookup.
///
/// put() and take() keep every index right and hand back what was there before, which is all that
/// a rollback needs. Lookups that nearly every row has (owner, stamps, currency) have no index.
/// Readers may run beside each other, a writer alone: the organization's lock sees to it.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/dataverse/metadata/table.hpp"
#include "sim/dataverse/records/id_order.hpp"
#include "sim/dataverse/records/referrer_index.hpp"
#include "sim/dataverse/records/row.hpp"
#include "sim/dataverse/records/uuid_index.hpp"

namespace flit::sim::dataverse {

class RecordTable {
 public:
  explicit RecordTable(const Table& definition) : definition_(definition) {}

  const Table& definition() const { return definition_; }
  std::size_t size() const { return by_id_.size(); }

  const Row* find(const Uuid& id) const;

  /// Inserts, or replaces the row of the same id, which is returned.
  std::unique_ptr<Row> put(std::unique_ptr<Row> row);

  /// Removes and returns the row; null if there was none.
  std::unique_ptr<Row> take(const Uuid& id);

  /// Rows in the order of their ids, from the first greater than `after` on; `visit` returns false
  /// to stop.
  void each_after(const std::optional<Uuid>& after,
                  const std::function<bool(const Row&)>& visit) const;
  void each(const std::function<bool(const Row&)>& visit) const { each_after({}, visit); }

  /// Ids of the rows whose lookup `column` names `target`, in id order.
  std::vector<Uuid> referring(std::uint16_t column, const Uuid& target) const;

  /// The row that has the same key value as `text`; null if there is none or no index.
  const Row* find_by_key(std::string_view key, const std::string& text) const;

  /// The key's value of a row as index text; empty when a part is null (not unique then, §5).
  std::optional<std::string> key_text(const AlternateKey& key, const Row& row) const;

  /// Builds the index; false (and no index) when two rows have the same value.
  bool build_key(const AlternateKey& key);
  void drop_key(const std::string& key);

  /// Which alternate key the row would violate; null if none.
  const AlternateKey* violated_key(const Row& row) const;

  /// Grows with every put() and take(), for those who keep what they read here.
  std::uint64_t changes() const { return changes_; }

  void clear();
  std::size_t memory() const;  ///< bytes of rows and indexes, roughly

 private:
  using KeyIndex = std::unordered_map<std::string, std::uint32_t>;

  struct Slots {
    const std::vector<std::unique_ptr<Row>>& rows;
    const Uuid& operator()(std::uint32_t slot) const { return rows[slot]->head.id; }
  };

  void index(const Row& row, std::uint32_t slot);
  void unindex(const Row& row, std::uint32_t slot);
  bool is_indexed(const Column& column) const;
  void settle_order() const;

  const Table& definition_;
  std::vector<std::unique_ptr<Row>> rows_;
  std::vector<std::uint32_t> free_;
  UuidIndex by_id_;
  std::unordered_map<std::string, KeyIndex> keys_;
  std::unordered_map<std::uint16_t, ReferrerIndex> lookups_;
  std::uint64_t changes_ = 0;
  mutable std::mutex sort_mutex_;
  mutable IdOrder order_;
  mutable bool ordered_ = false;  // from the first read in order on; a mere load pays nothing
};

/// The text by which a key compares: case-insensitive (fact sheet §5), kinds kept apart.
void append_key_part(std::string& out, const Cell& cell);

}  // namespace flit::sim::dataverse
