#pragma once
/// @file SQLite behind sql.hpp: one file in the project folder, write-ahead log, full sync.
///
/// Durability: a commit returns once the log is on disk (synchronous = FULL), because "intent
/// before effect" is worth nothing to a power cut otherwise. https://www.sqlite.org/wal.html

#include <filesystem>
#include <memory>

#include "store/sql.hpp"

namespace flit::store {

enum class Access { read_write, read_only };

struct SqliteSettings {
  Access access = Access::read_write;
  bool sync = true;  ///< false only for measuring what the disk costs
};

/// Opens (read_write: makes, with mode 0600) the database file.
Result<std::unique_ptr<sql::Connection>> open_sqlite(const std::filesystem::path& file,
                                                     const SqliteSettings& settings);

}  // namespace flit::store
