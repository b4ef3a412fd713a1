#pragma once
/// @file What we meant to do to the destination, and what came of it.
///
/// Invariants, each a property of the same number in tests/property/store:
///   1. Intent before effect: intend() is committed before the first byte of a batch leaves.
///   2. Before-image before update: intend() refuses an update or a removal that carries none.
///   3. Append-only: each fact holds the hash of the one before it in its stream, and of the rows
///   that
///      it speaks for; verify() finds any row that was edited, added or taken away.
///   4. A batch is settled exactly once; until then open_batches() returns it.
/// Each lane writes a stream of its own; seal() chains the heads of all streams into one.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "model/batch.hpp"
#include "model/destination.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// One write that is meant.
struct Intent {
  std::int64_t assignment = 0;
  std::string_view target_id;
  std::optional<std::string_view>
      before_image{};  ///< compact JSON of the values about to be replaced
};

struct BatchIntent {
  std::string_view stream;  ///< the lane: "lane 3"
  std::string_view stage;   ///< "S-07"
  std::string_view phase;   ///< "accounts"
  std::string_view table;
  model::Verb verb = model::Verb::create;
  model::Road road = model::Road::bulk;
  std::span<const Intent> writes;
};

struct IntendedBatch {
  std::int64_t batch = 0;
  std::int64_t first_operation = 0;  ///< the others follow without gaps
};

struct OpenBatch {
  std::int64_t batch = 0;
  std::string stage;
  std::string phase;
  std::optional<model::Ticket> ticket;  ///< none: we died before the destination answered
};

/// One effect on the destination, with what undoing it needs.
struct Change {
  std::int64_t operation = 0;
  std::int64_t assignment = 0;
  model::Verb verb = model::Verb::create;
  model::TargetId target;
  std::optional<std::string> before_image;
};

/// Where the chain breaks, if it does.
struct Verification {
  std::uint64_t facts = 0;
  std::uint64_t operations = 0;
  std::optional<std::string> broken{};  ///< "lane 3, fact 17: …"
};

class Journal {
 public:
  explicit Journal(Names& names) : names_(names) {}

  Result<IntendedBatch> intend(sql::Connection& transaction, const BatchIntent& intent,
                               Instant now);
  Result<void> accept(sql::Connection& transaction, std::int64_t batch,
                      const model::Ticket& ticket);

  /// `outcomes` in the order of the intent's writes.
  Result<void> settle(sql::Connection& transaction, std::string_view stream,
                      const IntendedBatch& batch, std::span<const model::RowOutcome> outcomes,
                      Instant now);

  /// A fact that speaks for no operation: a stage done, an approval, a rollback.
  Result<void> note(sql::Connection& transaction, std::string_view stream, std::string_view kind,
                    std::string_view body, Instant now);

  /// Chains the heads of all streams into stream "seal".
  Result<void> seal(sql::Connection& transaction, Instant now);

  /// The last write that was ever meant; 0: none.
  Result<std::int64_t> last_operation(sql::Connection& reader) const;

  Result<std::vector<OpenBatch>> open_batches(sql::Connection& reader) const;

  /// The operations of one batch, in order.
  Result<void> operations(sql::Connection& reader, std::int64_t batch,
                          const std::function<Result<void>(const Change&)>& visit) const;

  /// Every operation newest first, the order in which they can be undone; there may be millions.
  Result<void> changes(sql::Connection& reader, std::string_view table,
                       const std::function<Result<void>(const Change&)>& visit) const;

  Result<Verification> verify(sql::Connection& reader) const;

 private:
  struct Fact {
    std::string_view stream;
    std::string_view kind;
    std::string_view body;
    std::string_view covered;
    Instant at;
  };
  static Result<void> append(sql::Connection& transaction, const Fact& fact);
  Result<Change> read(sql::Connection& reader, const sql::Statement& row) const;

  Names& names_;
};

}  // namespace flit::store
