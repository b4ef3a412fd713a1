#include "store/sqlite.hpp"

#include <system_error>
#include <unordered_map>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
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

class SqliteStatement final : public sql::Statement {
 public:
  SqliteStatement(SQLite::Database& database, const char* text, const std::string& file)
      : statement_(database, text), file_(file) {}

  Statement& bind(int parameter, std::int64_t value) override {
    statement_.bind(parameter, value);
    return *this;
  }
  Statement& bind(int parameter, std::string_view text) override {
    statement_.bind(parameter, std::string(text));
    return *this;
  }
  Statement& bind_blob(int parameter, std::string_view bytes) override {
    // Not copied: what is bound lives until the step that follows. An empty view may have no
    // address, which SQLite would take for null.
    const void* data = bytes.data() == nullptr ? "" : bytes.data();
    statement_.bindNoCopy(parameter, data, static_cast<int>(bytes.size()));
    return *this;
  }
  Statement& bind_null(int parameter) override {
    statement_.bind(parameter);
    return *this;
  }

  Result<bool> step() override {
    const int code = statement_.tryExecuteStep();
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) return error_of(code, statement_.getErrorMsg(), file_);
    statement_.tryReset();
    return false;
  }

  std::int64_t integer(int column) const override { return column_of(column).getInt64(); }
  std::string_view text(int column) const override { return blob(column); }
  std::string_view blob(int column) const override {
    const SQLite::Column cell = column_of(column);
    const void* bytes = cell.getBlob();
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(cell.getBytes())};
  }
  bool is_null(int column) const override { return column_of(column).isNull(); }

  void reset() override {
    statement_.tryReset();
    statement_.clearBindings();
  }

 private:
  // Column access is not const in SQLiteCpp although it changes nothing that we can see.
  SQLite::Column column_of(int column) const { return statement_.getColumn(column); }

  mutable SQLite::Statement statement_;
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
    try {
      return std::make_unique<SqliteStatement>(database_, text, file_);
    } catch (const SQLite::Exception& error) {
      throw Bug(std::string("SQL that does not compile: ") + error.what() + "\n" + text);
    }
  }

  std::string file_;
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
};

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
