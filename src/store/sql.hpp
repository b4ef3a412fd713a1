#pragma once
/// @file A database as the ledger sees it: a connection that prepares statements, a statement that
/// is bound, stepped and read. SQLite stands behind it; PostgreSQL takes the same place.
///
/// Parameters are ?1, ?2 …, columns count from 0. A statement belongs to its connection, which is
/// used by one thread at a time. Errors: a full disk, a file that may not be written or is no
/// database is Fault::setup with its remedy; one that another process holds is Fault::transient.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace flit::store::sql {

class Statement {
 public:
  virtual ~Statement() = default;

  virtual Statement& bind(int parameter, std::int64_t value) = 0;
  virtual Statement& bind(int parameter, std::string_view text) = 0;
  virtual Statement& bind_blob(int parameter, std::string_view bytes) = 0;
  virtual Statement& bind_null(int parameter) = 0;

  Statement& bind(int parameter, const std::optional<std::int64_t>& value) {
    return value ? bind(parameter, *value) : bind_null(parameter);
  }
  Statement& bind(int parameter, const std::optional<std::string>& text) {
    return text ? bind(parameter, std::string_view(*text)) : bind_null(parameter);
  }

  /// True: a row to read. False: done, and the statement may be bound again.
  virtual Result<bool> step() = 0;

  /// Steps to the end, rows not looked at.
  Result<void> run();

  /// Of the current row; views are valid until the next step().
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;

  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<std::string> optional_text(int column) const;

  /// Makes it ready to be bound and stepped from the start; forgets what was bound.
  virtual void reset() = 0;
};

/// A statement in use; resets it when the user is done, also after an error.
class Use {
 public:
  explicit Use(Statement& statement) : statement_(&statement) {}
  ~Use() {
    if (statement_ != nullptr) statement_->reset();
  }
  Use(Use&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  Use& operator=(Use&&) = delete;

  Statement* operator->() const { return statement_; }
  Statement& operator*() const { return *statement_; }

 private:
  Statement* statement_;
};

class Connection {
 public:
  virtual ~Connection() = default;

  /// The statement for this text, prepared once. REQUIRES: `text` is a literal (its address is the
  /// key), the SQL is valid (a wrong one is a Bug) and no other Use of it is alive.
  virtual Use use(const char* text) = 0;

  /// Runs statements without parameters or rows: schema, pragmas, begin, commit.
  virtual Result<void> execute(std::string_view statements) = 0;

  virtual std::int64_t last_insert_id() const = 0;
};

}  // namespace flit::store::sql
