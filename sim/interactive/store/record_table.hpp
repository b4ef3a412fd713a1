#pragma once
/// @file All records of one object, compact enough for millions, ordered as the lists need them.
///
/// A record is a Row of fixed size and a blob of its values: properties that are null take nothing,
/// values of enums, bools and users are kept once per table and named by a number. Rows are in id
/// order; the orders by time are made when first asked for and kept up to date from then on.
/// Reading is safe from many threads, changing needs the dataset's lock (store/dataset.hpp).

#include <array>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sim/interactive/store/arena.hpp"
#include "sim/interactive/store/draft.hpp"

namespace flit::sim::interactive {

inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

struct Row {
  std::uint64_t id = 0;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::int64_t archived_ms = 0;  ///< 0: not archived
  std::int64_t last_activity_ms = no_time;
  const char* blob = nullptr;
  std::uint32_t size = 0;
  std::uint32_t created_by = 0;  ///< in RecordTable::user()
  std::uint32_t updated_by = 0;

  bool is_archived() const { return archived_ms != 0; }
};

/// Values of one record, views into the table; reuse it, it keeps its memory.
struct Cells {
  std::vector<std::string_view> values;  ///< by property index, empty: null
  std::string_view tags;
  std::string_view participants;
  std::string_view merged_ids;
  std::string_view merged_into;
};

/// Positions of rows, sorted by a time and the id.
using RowOrder = std::vector<std::uint32_t>;

class RecordTable {
 public:
  explicit RecordTable(ObjectSchema schema);

  const ObjectSchema& schema() const { return schema_; }
  ObjectSchema& schema() { return schema_; }

  const std::vector<Row>& rows() const { return rows_; }
  const Row* find(std::uint64_t id) const;
  /// The first row with an id of at least that, as a position.
  std::size_t lower_bound(std::uint64_t id) const;

  void read(const Row& row, Cells& cells) const;
  std::string_view value(const Row& row, std::string_view property) const;  ///< JSON or empty
  std::string text(const Row& row, std::string_view property) const {
    return unquoted(value(row, property));
  }
  const std::string& user(std::uint32_t code) const { return users_.texts[code]; }
  Draft draft(const Row& row) const;

  /// REQUIRES: the id is higher than all there are.
  void append(const Draft& draft);
  /// Puts another form in the place of the row of that id. REQUIRES: there is one.
  void replace(const Draft& draft);
  void erase(std::uint64_t id);
  /// Puts a record back among the others. REQUIRES: the id is free.
  void insert(const Draft& draft);
  void set_last_activity(std::uint64_t id, std::int64_t ms);

  /// Live rows by (updated_at, id), archived ones by (archived_at, id).
  const RowOrder& by_time(bool archived) const;

  std::size_t live() const { return rows_.size() - archived_; }
  std::size_t archived() const { return archived_; }
  std::size_t bytes() const;

 private:
  struct Texts {
    std::vector<std::string> texts;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> codes;
    std::uint32_t code(std::string_view text);
  };
  struct Order {
    bool made = false;
    RowOrder rows;
  };

  template <typename Visit>
  void each_cell(const Row& row, Visit&& visit) const;
  Row encode(const Draft& draft);
  void append_cell(std::size_t index, std::string_view value);
  std::size_t position(std::uint64_t id) const {
    return static_cast<std::size_t>(find(id) - rows_.data());
  }
  std::int64_t time_of(std::uint32_t row, bool archived) const;
  void insert_into_order(std::size_t row);
  void remove_from_order(std::size_t row);

  ObjectSchema schema_;
  std::vector<Row> rows_;
  Arena arena_;
  Texts users_;
  std::vector<Texts> few_;  // by property index
  std::string buffer_;
  std::size_t archived_ = 0;
  mutable std::mutex order_mutex_;
  mutable std::array<Order, 2> orders_;  // live, archived
};

}  // namespace flit::sim::interactive
