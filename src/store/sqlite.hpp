#pragma once
/// @file SQLite behind sql.hpp: one file in the project folder, write-ahead log, full sync.
///
/// Durability: a commit returns once the log is on disk (synchronous = FULL), because "intent
/// before effect" is worth nothing to a power cut otherwise. https://www.sqlite.org/wal.html

#include <filesystem>
#include <memory>

#include "store/sql.hpp"

namespace flit::store {

enum class Access {
  read_write,  ///< makes the file, with mode 0600, and keeps a write-ahead log
  /// Reads, and writes nothing of its own; what a writer that died was about to write is rolled
  /// back first, which read_only may not do (https://www.sqlite.org/lockingv3.html, "hot
  /// journals").
  look,
  read_only,
};

struct SqliteSettings {
  Access access = Access::read_write;
  bool sync = true;  ///< false only for measuring what the disk costs
};

/// Opens the database file.
Result<std::unique_ptr<sql::Connection>> open_sqlite(const std::filesystem::path& file,
                                                     const SqliteSettings& settings);

}  // namespace flit::store
