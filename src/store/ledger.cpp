#include "store/ledger.hpp"

#include <atomic>
#include <deque>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/watched.hpp"
#include "store/migrations.hpp"
#include "store/sqlite.hpp"

namespace flit::store {
namespace {

namespace fs = std::filesystem;

/// Held as long as a process may write: the lock goes with the process, however that ends.
class FileLock {
 public:
  static Result<FileLock> take(const fs::path& ledger) {
    const fs::path file = ledger.string() + ".lock";
    FileLock lock(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) {
      const std::string reason = std::error_code(errno, std::generic_category()).message();
      return Error{.fault = Fault::setup,
                   .message = "the lock file cannot be made: " + reason,
                   .where = file.string(),
                   .remedy = "Make the project folder writable for this user"};
    }
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0)
      return Error{
          .fault = Fault::setup,
          .message = "another process is working on this migration",
          .where = ledger.string(),
          .remedy = "Wait until it has ended, or stop it; then run the same command again"};
    return lock;
  }
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// One caller of commit(), waiting for its work to be on disk.
struct Request {
  const Work* work;
  bool done = false;
  Result<void> result{};
};

struct Queue {
  std::vector<Request*> waiting;
  bool busy = false;  // somebody is committing the requests taken before
};

class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(fs::path file, FileLock lock, std::unique_ptr<sql::Connection> writer,
               MigrationInfo info, Executor& executor)
      : file_(std::move(file)),
        lock_(std::move(lock)),
        writer_(std::move(writer)),
        info_(std::move(info)),
        queue_(executor, "ledger"),
        readers_(executor, "ledger readers") {}

  const MigrationInfo& info() const override { return info_; }
  std::uint64_t commits() const override { return commits_; }

  Result<void> commit(const Work& work) override {
    Request request{&work};
    queue_.change([&](Queue& queue) { queue.waiting.push_back(&request); });
    while (true) {
      std::vector<Request*> group;
      // Not to be stopped: whether a write is on disk must be known. It ends with the disk's
      // answer.
      const Woken woken = queue_.when(
          "the ledger", {}, [&](const Queue& queue) { return request.done || !queue.busy; },
          [&](Queue& queue) {
            if (request.done) return;
            queue.busy = true;
            group.swap(queue.waiting);
          });
      FLIT_CHECK(woken == Woken::ready,
                 "a wait without deadline and stop token ends when it is ready");
      if (group.empty()) return request.result;
      const Result<void> written = write(group);
      queue_.change([&](Queue& queue) {
        for (Request* one : group) {
          if (!written) one->result = Error(written.error());
          one->done = true;
        }
        queue.busy = false;
      });
    }
  }

  Result<void> read(const Work& work) const override {
    FLIT_TRY(reader, borrow());
    Result<void> result = reader->use("BEGIN")->run();
    if (result) {
      result = work(*reader);
      if (const Result<void> ended = reader->use("END")->run(); result && !ended) result = ended;
    }
    readers_.change([&](Readers& readers) { readers.push_back(std::move(reader)); });
    return result;
  }

  Result<void> begin_generation(std::int64_t generation) override {
    FLIT_TRY_VOID(commit([&](sql::Connection& transaction) {
      const sql::Use set = transaction.use("UPDATE migration SET generation = ?1");
      set->bind(1, generation);
      return set->run();
    }));
    info_.generation = generation;
    return {};
  }

 private:
  using Readers = std::vector<std::unique_ptr<sql::Connection>>;

  /// One transaction for the whole group. When it cannot be written nothing of it is.
  Result<void> write(const std::vector<Request*>& group) {
    Result<void> written = write_transaction(group);
    if (!written) {
      const Result<void> undone =
          writer_->execute("ROLLBACK");  // fails when SQLite undid it already
      if (!undone) written.error().trail.emplace_back("undoing the transaction");
    }
    commits_ += written ? 1 : 0;
    return written;
  }

  Result<void> write_transaction(const std::vector<Request*>& group) {
    FLIT_TRY_VOID(writer_->execute("BEGIN IMMEDIATE"));
    for (Request* request : group) {
      FLIT_TRY_VOID(writer_->use("SAVEPOINT request")->run());
      request->result = (*request->work)(*writer_);
      if (!request->result) FLIT_TRY_VOID(writer_->use("ROLLBACK TO request")->run());
      FLIT_TRY_VOID(writer_->use("RELEASE request")->run());
    }
    return writer_->execute("COMMIT");
  }

  Result<std::unique_ptr<sql::Connection>> borrow() const {
    std::unique_ptr<sql::Connection> reader = readers_.change([](Readers& readers) {
      std::unique_ptr<sql::Connection> last;
      if (!readers.empty()) {
        last = std::move(readers.back());
        readers.pop_back();
      }
      return last;
    });
    if (reader) return reader;
    return open_sqlite(file_, {.access = Access::read_only});
  }

  fs::path file_;
  FileLock lock_;
  std::unique_ptr<sql::Connection> writer_;
  MigrationInfo info_;
  Watched<Queue> queue_;
  mutable Watched<Readers> readers_;  // idle ones; as many as were ever busy at once
  std::atomic<std::uint64_t> commits_{0};
};

Result<MigrationInfo> read_info(sql::Connection& connection, const fs::path& file) {
  const sql::Use row =
      connection.use("SELECT id, path, generation, created_at, tool FROM migration");
  FLIT_TRY(found, row->step());
  if (!found)
    return Error{.fault = Fault::setup,
                 .message = "the ledger is empty",
                 .where = file.string(),
                 .remedy =
                     "If `flitstack init` was cut short, run it again; if the migration had "
                     "begun, restore the ledger from a copy, for without it nothing can be "
                     "told apart or taken back"};
  return MigrationInfo{.id = std::string(row->text(0)),
                       .path = std::string(row->text(1)),
                       .generation = row->integer(2),
                       .created_at = Instant(Instant::duration(row->integer(3))),
                       .tool = std::string(row->text(4))};
}

Result<bool> any(sql::Connection& connection, const char* counting) {
  const sql::Use count = connection.use(counting);
  FLIT_TRY(found, count->step());
  return found && count->integer(0) > 0;
}

Result<void> write_info(sql::Connection& connection, const MigrationInfo& info) {
  const sql::Use put = connection.use(
      "INSERT INTO migration (id, path, generation, created_at, tool) VALUES (?1, ?2, ?3, ?4, ?5)");
  put->bind(1, std::string_view(info.id))
      .bind(2, std::string_view(info.path))
      .bind(3, info.generation);
  put->bind(4, std::int64_t{info.created_at.time_since_epoch().count()})
      .bind(5, std::string_view(info.tool));
  return put->run();
}

}  // namespace

Result<bool> Ledger::holds_migration(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return false;
  FLIT_TRY(connection, open_sqlite(file, {.access = Access::look}));
  FLIT_TRY(has_table,
           any(*connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'"));
  if (has_table) return any(*connection, "SELECT count(*) FROM migration");
  FLIT_TRY(has_others, any(*connection, "SELECT count(*) FROM sqlite_schema"));
  if (!has_others) return false;
  return Error{.fault = Fault::setup,
               .message = "this database is not a FlitStack ledger",
               .where = file.string(),
               .remedy = "Name the right folder with --project"};
}

Result<std::unique_ptr<Ledger>> Ledger::create(const fs::path& file, const MigrationInfo& info,
                                               Executor& executor, const LedgerSettings& settings) {
  FLIT_TRY(lock, FileLock::take(file));
  FLIT_TRY(is_there, holds_migration(file));
  if (is_there)
    return Error{
        .fault = Fault::setup,
        .message = "there is a ledger already",
        .where = file.string(),
        .remedy =
            "Go on with it (`flitstack status`), or choose another folder for a new migration"};
  FLIT_TRY(connection, open_sqlite(file, {.sync = settings.sync}));
  FLIT_TRY_VOID(connection->execute("BEGIN IMMEDIATE"));
  FLIT_TRY_VOID(bring_up_to_date(*connection, file));
  FLIT_TRY_VOID(write_info(*connection, info));
  FLIT_TRY_VOID(connection->execute("COMMIT"));
  return std::unique_ptr<Ledger>(
      std::make_unique<SqliteLedger>(file, std::move(lock), std::move(connection), info, executor));
}

Result<std::unique_ptr<Ledger>> Ledger::open(const fs::path& file, Executor& executor,
                                             const LedgerSettings& settings) {
  if (!fs::exists(file))
    return Error{
        .fault = Fault::setup,
        .message = "there is no ledger here",
        .where = file.string(),
        .remedy =
            "Run the command in a migration's folder, name it with --project, or make one with "
            "`flitstack init`"};
  FLIT_TRY(lock, FileLock::take(file));
  FLIT_TRY(connection, open_sqlite(file, {.sync = settings.sync}));
  FLIT_TRY_VOID(connection->execute("BEGIN IMMEDIATE"));
  FLIT_TRY_VOID(bring_up_to_date(*connection, file));
  FLIT_TRY_VOID(connection->execute("COMMIT"));
  FLIT_TRY(info, read_info(*connection, file));
  return std::unique_ptr<Ledger>(std::make_unique<SqliteLedger>(
      file, std::move(lock), std::move(connection), std::move(info), executor));
}

}  // namespace flit::store
