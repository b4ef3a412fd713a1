#pragma once
/// @file The ledger of one migration: the only thing that a restarted process believes.
///
/// Invariants, each held by a property test:
///   1. What commit() returned from is on disk; what it did not return from may or may not be.
///   2. One commit is one fact: all of it is there or nothing.
///   3. One process at a time has a ledger open for writing.
/// What is written is the business of the tables beside this file (Staging, Assignments, Journal,
/// Notebook): they are handed the connection of a transaction. Thread-safe. Commits of many lanes
/// share one write to disk (group commit): whoever comes while a write is under way waits for the
/// next one, and the first of those who wait does the work for all.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/executor.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct MigrationInfo {
  std::string id;    ///< a UUID, part of every identity that we create
  std::string path;  ///< "interactive-to-dynamics365"
  std::int64_t generation = 1;
  Instant created_at{};
  std::string tool{};  ///< version that made the ledger
};

struct LedgerSettings {
  bool sync = true;  ///< false only for measuring what the disk costs
};

using Work = std::function<Result<void>(sql::Connection&)>;

class Ledger {
 public:
  /// Whether the file is a ledger with a migration in it. A process that died while it made one
  /// may have left a file without. Fault::setup when it is no ledger at all.
  static Result<bool> holds_migration(const std::filesystem::path& file);

  /// Makes a new one. Fault::setup when there is one with a migration in it.
  static Result<std::unique_ptr<Ledger>> create(const std::filesystem::path& file,
                                                const MigrationInfo& info, Executor& executor,
                                                const LedgerSettings& settings = {});

  /// Opens one, bringing an older one up to date. Fault::setup when there is none, when it was made
  /// by a newer version, or when another process has it.
  static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& file, Executor& executor,
                                              const LedgerSettings& settings = {});

  virtual ~Ledger() = default;

  virtual const MigrationInfo& info() const = 0;

  /// Runs `work` inside a transaction and returns once it is on disk. An error of `work` undoes
  /// what it wrote and nothing else. `work` must not wait, call commit() or keep the connection.
  virtual Result<void> commit(const Work& work) = 0;

  /// Runs `work` on a connection that sees everything committed so far and may only read.
  virtual Result<void> read(const Work& work) const = 0;

  /// After a rollback: identities made from now on are new ones.
  virtual Result<void> begin_generation(std::int64_t generation) = 0;

  /// How many transactions reached the disk: for tests that stop the process at the k-th.
  virtual std::uint64_t commits() const = 0;
};

}  // namespace flit::store
