#pragma once
/// @file How an assignment becomes a row of a batch; one implementation for each kind of write.
///
/// Records, records of our own, placeholders, links, look-ups that had to wait, last states: to a
/// ChunkLoader all of them are rows of one shape with one verb. Given the same ledger a maker makes
/// the same row, so a batch that a dead process left open is made again from its assignments. One
/// per lane: not thread-safe.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"
#include "mapping/compiled_map.hpp"
#include "model/arena.hpp"
#include "model/batch.hpp"
#include "model/value.hpp"
#include "store/assignments.hpp"

namespace flit::engine {

/// What making a row came to, beside its cells.
struct MadeRow {
  enum class Kind : std::uint8_t {
    ready,
    refused,  ///< it cannot be written like this; see reason
    nothing,  ///< there is nothing to write
  };
  Kind kind = Kind::nothing;
  std::string reason{};      ///< a code
  std::string detail{};      ///< for people
  std::uint8_t pending = 0;  ///< of a row that is made: what is left to do once it is there
  std::string version{};     ///< of an update: only if the row still is this
  std::string before{};      ///< of an update: compact JSON of the values about to be replaced
  std::vector<mapping::FieldNote> notes{};  ///< of a record: what was not plain
  bool edited = false;                      ///< somebody else wrote the row since we did
};

class RowMaker {
 public:
  virtual ~RowMaker() = default;

  virtual const std::string& table() const = 0;
  virtual const std::vector<std::string>& columns() const = 0;
  virtual model::Verb verb() const { return model::Verb::create; }

  /// Which bit of assignment.pending a row takes away; none: it is the row itself that is made.
  virtual store::Pending settles() const { return store::Pending::none; }

  /// Whether rows were there before us: written only while they are what was read.
  bool updates_rows() const {
    return settles() == store::Pending::none && verb() == model::Verb::update;
  }

  /// One answer for each assignment of the chunk. `cells`, absent before, are row by row. An error
  /// is the ledger's or the destination's, not a row's.
  virtual Result<std::vector<MadeRow>> make(std::span<const store::Assignment> chunk,
                                            model::Arena& arena, std::span<model::Value> cells) = 0;
};

/// The kinds of writes.
enum class Step : std::uint8_t {
  own,             ///< records of the pack: the fallback account, connection roles
  placeholder,     ///< what stands in for an archived record that others refer to
  record,          ///< source records
  update,          ///< source records that take over a row that was there
  link,            ///< rows of a table of links
  lookup,          ///< references to rows that were not there when theirs was written
  matched_lookup,  ///< the same, of rows that were there before us
  state,           ///< won, lost, completed, inactive
};

/// One kind of write to one table; of records also of one object and route.
struct Task {
  Step step = Step::record;
  std::string table{};
  std::string object{};
  std::size_t route = 0;
};

/// `migration` outlives the maker. Fault::setup when map or pack have no such task.
Result<std::unique_ptr<RowMaker>> make_row_maker(const Migration& migration, const Task& task);

/// The task that an operation of this assignment belonged to.
Result<Task> task_of(const Migration& migration, const store::Assignment& assignment,
                     model::Verb verb);

}  // namespace flit::engine
