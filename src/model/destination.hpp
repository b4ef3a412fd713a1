#pragma once
/// @file The faces of a destination: several small interfaces, each one question or one effect.
///
/// A connector speaks one protocol. It never maps, stages, paces, retries or sleeps: it reports a
/// Fault and the engine decides. Every call may block, may be made from any thread, and returns
/// Fault::cancelled within one second of `stop` being requested. A write whose answer did not come
/// is Fault::ambiguous, never transient: identities are ours, so it may be repeated.
/// Implementations live in src/destinations; the engine sees only this file.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/batch.hpp"
#include "model/record.hpp"
#include "model/schema.hpp"
#include "model/schema_change.hpp"

namespace flit::model {

/// What an environment is like, beyond its tables.
struct DestinationFacts {
  std::string organization{};
  std::string organization_id{};  ///< the platform's own, of this very environment
  std::string edition{};          ///< "professional", "enterprise", as far as it can be known
  std::string base_currency{};    ///< ISO 4217
  std::uint64_t max_file_bytes = 0;
  std::vector<std::string> blocked_extensions{};
  std::uint64_t custom_tables = 0;
  std::uint64_t users = 0;
  std::optional<int> recommended_lanes{};  ///< the platform's own hint
};

class SchemaReader {
 public:
  virtual ~SchemaReader() = default;
  virtual Result<DestinationFacts> facts(std::stop_token stop) = 0;
  /// The named tables, or every table where none is named.
  virtual Result<Schema> describe(std::span<const std::string> tables, std::stop_token stop) = 0;
};

class SchemaWriter {
 public:
  virtual ~SchemaWriter() = default;
  /// Makes one change; one that is already there as asked is success. Returns once it can be used.
  virtual Result<void> apply(const SchemaChange& change, std::stop_token stop) = 0;
  /// Takes back what apply() made; what is already gone is success.
  virtual Result<void> revert(const SchemaChange& change, std::stop_token stop) = 0;
  /// What every change is put into, as far as it is there (Dataverse: "publisher flitstack",
  /// "solution flitstack_migration"); apply() makes what is missing.
  virtual Result<std::vector<std::string>> scaffolding(std::stop_token stop) {
    static_cast<void>(stop);
    return std::vector<std::string>();
  }
  /// Behind the last revert(): takes away what is there of it, but for `kept`. Repeatable.
  virtual Result<void> remove_scaffolding(std::span<const std::string> kept, std::stop_token stop) {
    static_cast<void>(kept), static_cast<void>(stop);
    return {};
  }
  /// Once behind the last apply() or revert(): lets people see what was made in `tables`, where a
  /// platform asks for that (Dataverse publishes). Repeatable.
  virtual Result<void> publish(std::span<const std::string> tables, std::stop_token stop) {
    static_cast<void>(tables), static_cast<void>(stop);
    return {};
  }
};

struct Owner {
  enum class Kind { person, team, queue };
  std::string id;
  Kind kind = Kind::person;
  std::string name{};
  std::vector<std::string> emails{};  ///< every address by which it may be matched
  bool active = true;
  bool may_own = true;  ///< holds a role; the platform would accept it as owner
};

class OwnerDirectory {
 public:
  virtual ~OwnerDirectory() = default;
  virtual Result<std::vector<Owner>> owners(std::stop_token stop) = 0;
};

/// The two roads a batch can take: one message for all rows, or one operation a row.
enum class Road : std::uint8_t {
  bulk,        ///< fastest; a platform may refuse the whole because of one row
  individual,  ///< every row settled on its own
};

/// How many rows one request may hold; none where the platform has no such road for this table.
struct RoadLimits {
  std::uint32_t max_rows = 0;
  std::uint32_t suggested_rows = 0;
  std::uint64_t max_bytes = 0;
  bool all_or_nothing = false;
};

struct TicketTag {};
/// A durable claim on work that a platform has accepted; another process may collect it.
using Ticket = Id<TicketTag>;

/// What a request came to: outcomes, one per row in batch order, or a ticket to ask again with.
struct Submission {
  std::vector<RowOutcome> outcomes{};
  std::optional<Ticket> ticket{};
  std::chrono::microseconds server_time{};  ///< as far as the platform tells, else round trip
};

class BatchWriter {
 public:
  virtual ~BatchWriter() = default;
  virtual std::optional<RoadLimits> limits(std::string_view table, Verb verb, Road road) const = 0;

  /// An error is about the whole request: with RoadLimits::all_or_nothing a permanent one may be
  /// the fault of a single row, and the same rows then take the individual road.
  virtual Result<Submission> submit(const RecordBatch& batch, Road road, std::stop_token stop) = 0;

  /// What became of a ticket; no outcomes: not yet. Idempotent.
  virtual Result<Submission> collect(const Ticket& ticket, std::stop_token stop) = 0;
};

/// One row as it stands over there.
struct ReadRow {
  std::string_view id;
  std::string_view version;
  std::span<const Value> cells;  ///< in the order of the columns asked for
};
using RowSink = std::function<Result<void>(const ReadRow&)>;

/// Rows over there that match every (column, value) pair.
struct RowFilter {
  std::vector<std::pair<std::string, std::string>> equal{};
};

/// The rows of a table that match, and which columns of them; no columns: the ids alone.
struct RowQuery {
  std::string_view table{};
  std::span<const std::string> columns{};
  RowFilter filter{};
};

class RowReader {
 public:
  virtual ~RowReader() = default;

  /// The rows with these primary ids; those that do not exist are simply not reported.
  virtual Result<void> read(std::string_view table, std::span<const std::string> columns,
                            std::span<const std::string> ids, const RowSink& sink,
                            std::stop_token stop) = 0;

  /// One page of a table in a stable order; returns where to go on, none at the end.
  virtual Result<std::optional<Cursor>> scan(const RowQuery& query,
                                             const std::optional<Cursor>& from, const RowSink& sink,
                                             std::stop_token stop) = 0;

  /// Who the credential is to the platform: the value of editor_column() in rows that we wrote
  /// last. Empty where a platform does not tell.
  virtual Result<std::string> author(std::stop_token stop) {
    static_cast<void>(stop);
    return std::string();
  }

  /// The column that names who wrote a row last; empty: the table has none. May have to ask.
  virtual Result<std::string> editor_column(std::string_view table, std::stop_token stop) {
    static_cast<void>(table);
    static_cast<void>(stop);
    return std::string();
  }

  /// The column in which a value shows that was written to `column`: itself but for columns that
  /// the platform moves elsewhere.
  virtual std::string shown_in(std::string_view table, std::string_view column) const {
    static_cast<void>(table);
    return std::string(column);
  }

  /// What reading gives after `written` was stored: the platform's own normalisation (digits cut,
  /// fractions of a second dropped, choices sorted), so that a comparison with what was read is
  /// exact. Points into `arena` or to where `written` points.
  virtual Value stored(std::string_view table, std::string_view column, const Value& written,
                       Arena& arena) const {
    static_cast<void>(table), static_cast<void>(column), static_cast<void>(arena);
    return written;
  }
};

/// A child that a delete of its parent would take along, be refused for, or cut loose.
struct Dependent {
  TargetId child;
  std::string parent;    ///< the id of the row that would be deleted
  std::string editor{};  ///< who wrote it last (RowReader::author); empty: not known
  std::string relationship;
  Cascade on_delete = Cascade::none;
};

/// Rows that are about to be deleted.
struct DependentQuery {
  std::string_view table;
  std::span<const std::string> ids;
  /// Children in these tables are reported as well when the delete would only empty their lookup.
  std::span<const std::string> linked{};
};

class DependentReader {
 public:
  virtual ~DependentReader() = default;
  virtual Result<void> dependents(const DependentQuery& query,
                                  const std::function<Result<void>(const Dependent&)>& sink,
                                  std::stop_token stop) = 0;
};

/// Bytes in blocks, so that a file never sits in memory.
using ByteSource = std::function<Result<std::string_view>()>;  ///< empty view: the end

struct FileUpload {
  TargetId target;
  std::string column{};  ///< a file column, or empty for a note's own attachment
  std::string name;
  std::string mime_type;
  std::uint64_t size = 0;
};

class FileWriter {
 public:
  virtual ~FileWriter() = default;
  virtual Result<void> upload(const FileUpload& file, const ByteSource& bytes,
                              std::stop_token stop) = 0;
};

/// Rows that the platform makes on its own beside those that we write, and takes away with them.
struct Companion {
  std::string table;       ///< "customeraddress"
  std::string beside;      ///< the table whose rows bring them
  std::uint32_t rows = 0;  ///< for each row; 0: some, depending on what the row holds
  std::string because{};   ///< for people
};

/// What `apps` wires together for the engine; a face that a platform has not is null.
struct Destination {
  SchemaReader& schema;
  SchemaWriter& schema_writer;
  OwnerDirectory& owners;
  BatchWriter& writer;
  RowReader& reader;
  DependentReader& dependents;
  FileWriter* files = nullptr;
  std::vector<Companion> companions{};
};

}  // namespace flit::model
