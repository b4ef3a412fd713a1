#pragma once
/// @file An open file of a MemoryDisk, as SQLite wants it: an sqlite3_file and what is behind it.

#include <memory>

#include <sqlite3.h>

#include "memory_disk.hpp"

namespace flit::test {

/// SQLite reserves the room for it, so it holds nothing that has to be constructed.
struct DiskHandle {
  sqlite3_file base;
  struct Open* open;
};

/// Makes `file` an open handle of `content`.
void open_handle(sqlite3_file* file, MemoryDisk& disk, std::shared_ptr<DiskFile> content);

}  // namespace flit::test
