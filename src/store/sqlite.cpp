#include "store/sqlite.hpp"

#include <memory>
#include <system_error>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/check.hpp"

namespace flit::store {
namespace {

/// The class of an SQLite result code, https://www.sqlite.org/rescode.html
Error error_of(int code, const std::string& message, const std::string& file) {
  Error error{
      .fault = Fault::setup, .message = "the ledger cannot be used: " + message, .where = file};
  switch (code & 0xFF) {
    case SQLITE_FULL:
      error.remedy =
          "The disk is full: make room, then run the same command again; nothing is lost";
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error.fault = Fault::transient;
      error.remedy = "Another process is using this ledger; wait for it or stop it";
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      error.remedy = "Make the project folder and its files writable for this user";
      break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      error.remedy = "This file is not a FlitStack ledger or was damaged; restore it from a copy";
      break;
    default:
      error.remedy = "Check the disk, then run the same command again";
      break;
  }
  return error;
}

/// Over SQLite's own handle: a cell of SQLiteCpp shares the ownership of its statement, which is an
/// atomic count for every value that is read.
class SqliteStatement final : public sql::Statement {
 public:
  using Handle =
      std::unique_ptr<sqlite3_stmt,
                      decltype([](sqlite3_stmt* statement) { sqlite3_finalize(statement); })>;
  SqliteStatement(Handle handle, const std::string& file)
      : handle_(std::move(handle)), file_(file) {}

  Statement& bind(int parameter, std::int64_t value) override {
    return bound(sqlite3_bind_int64(handle_.get(), parameter, value));
  }
  Statement& bind(int parameter, std::string_view text) override {
    return bound(sqlite3_bind_text64(handle_.get(), parameter, address_of(text), text.size(),
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  Statement& bind_blob(int parameter, std::string_view bytes) override {
    // Not copied: what is bound lives until the step that follows.
    return bound(sqlite3_bind_blob64(handle_.get(), parameter, address_of(bytes), bytes.size(),
                                     SQLITE_STATIC));
  }
  Statement& bind_null(int parameter) override {
    return bound(sqlite3_bind_null(handle_.get(), parameter));
  }

  Result<bool> step() override {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) {
      sqlite3* const database = sqlite3_db_handle(handle_.get());
      return error_of(sqlite3_extended_errcode(database), sqlite3_errmsg(database), file_);
    }
    sqlite3_reset(handle_.get());
    return false;
  }

  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(handle_.get(), checked(column));
  }
  std::string_view text(int column) const override { return blob(column); }
  std::string_view blob(int column) const override {
    const void* bytes = sqlite3_column_blob(handle_.get(), checked(column));
    const int size = sqlite3_column_bytes(handle_.get(), column);
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }
  bool is_null(int column) const override {
    return sqlite3_column_type(handle_.get(), checked(column)) == SQLITE_NULL;
  }

  void reset() override {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
  }

 private:
  /// An empty view may have no address, which SQLite would take for null.
  static const char* address_of(std::string_view bytes) {
    return bytes.data() == nullptr ? "" : bytes.data();
  }
  Statement& bound(int code) {
    FLIT_CHECK(code == SQLITE_OK, "a parameter of the statement is bound, and not in mid-step");
    return *this;
  }
  int checked(int column) const {
    FLIT_CHECK(column < sqlite3_data_count(handle_.get()), "a column of the row at hand is read");
    return column;
  }

  Handle handle_;
  const std::string& file_;
};

class SqliteConnection final : public sql::Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, int flags)
      : file_(file.string()), database_(file_, flags, busy_timeout_ms) {}

  sql::Use use(const char* text) override {
    auto& statement = statements_[text];
    if (!statement) statement = prepare(text);
    return sql::Use(*statement);
  }

  Result<void> execute(std::string_view statements) override {
    const int code = database_.tryExec(std::string(statements));
    if (code != SQLITE_OK)
      return error_of(database_.getExtendedErrorCode(), database_.getErrorMsg(), file_);
    return {};
  }

  std::int64_t last_insert_id() const override { return database_.getLastInsertRowid(); }

 private:
  // Readers of a WAL database wait for nobody; a writer waits for a checkpoint at most.
  static constexpr int busy_timeout_ms = 5000;

  std::unique_ptr<SqliteStatement> prepare(const char* text) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_.getHandle(), text, -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK)
      throw Bug(std::string("SQL that does not compile: ") + database_.getErrorMsg() + "\n" + text);
    return std::make_unique<SqliteStatement>(SqliteStatement::Handle(statement), file_);
  }

  std::string file_;
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
};

/// SQLite's own count of what it allocates is one lock for all connections. Refused, without harm,
/// when SQLite is in use already.
void count_no_memory() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);
}

/// Made by us before SQLite sees it, so that it is never readable by others, not even briefly.
Result<void> make_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const std::error_code reason(errno, std::generic_category());
    return Error{.fault = Fault::setup,
                 .message = "the ledger cannot be opened: " + reason.message(),
                 .where = file.string(),
                 .remedy = reason == std::errc::is_a_directory
                               ? "Put the ledger back in place of the folder"
                               : "Make the project folder and the ledger in it writable for this "
                                 "user"};
  }
  ::close(descriptor);
  return {};
}

}  // namespace

Result<std::unique_ptr<sql::Connection>> open_sqlite(const std::filesystem::path& file,
                                                     const SqliteSettings& settings) {
  count_no_memory();
  const bool writes = settings.access == Access::read_write;
  if (writes) FLIT_TRY_VOID(make_private(file));
  std::unique_ptr<sql::Connection> connection;
  try {
    // A ledger hands a connection to one thread at a time: SQLite need not lock each call.
    connection = std::make_unique<SqliteConnection>(
        file,
        (settings.access == Access::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE) |
            SQLite::OPEN_NOMUTEX);
  } catch (const SQLite::Exception& error) {
    return error_of(error.getErrorCode(), error.what(), file.string());
  }
  // KiB, of one writer and of a reader for each lane: pages beyond are the file system's to keep.
  FLIT_TRY_VOID(connection->execute(writes
                                        ? "PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;"
                                        : "PRAGMA cache_size = -512; PRAGMA temp_store = FILE;"));
  if (writes) {
    FLIT_TRY_VOID(
        connection->execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000;"));
    FLIT_TRY_VOID(connection->execute(settings.sync ? "PRAGMA synchronous = FULL;"
                                                    : "PRAGMA synchronous = OFF;"));
  }
  return connection;
}

}  // namespace flit::store
