#pragma once
/// @file A disk for SQLite that can lose power, fill up and go read-only, in memory.
///
/// An sqlite3_vfs that becomes the process's default while it lives: files opened by SQLite are
/// kept here, by path; nothing else of a program is (text files, the lock file stay real). What was
/// written and not yet synced is known write by write: lose_power() keeps an arbitrary part of it,
/// in any order, a write possibly torn, which is what a disk may do. Files that were made or
/// deleted stay made or deleted. Not thread-safe: lanes of a simulation run one at a time.
/// https://www.sqlite.org/vfs.html, https://www.sqlite.org/atomiccommit.html

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "base/random.hpp"

namespace flit::test {

/// One file, its wal-index and its locks.
struct DiskFile {
  struct Write {
    std::size_t offset = 0;
    std::string bytes{};
    std::optional<std::size_t> truncated_to{};  ///< instead of bytes
  };
  std::string content{};  ///< as the running process sees it
  std::string durable{};  ///< as of the last sync
  std::vector<Write> unsynced{};
  std::vector<std::unique_ptr<std::string>> shared_memory{};
  int shared_locks[8] = {};
  bool exclusive_locks[8] = {};
  int readers = 0;  ///< handles with SHARED or more
  bool reserved = false;
  bool exclusive = false;
};

class MemoryDisk {
 public:
  explicit MemoryDisk(std::uint64_t seed);
  ~MemoryDisk();
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;

  /// From here on a disk of its own: what lies in folder `from` lies in `to`, and what is drawn is
  /// drawn by `seed`. REQUIRES: nobody has a file open.
  void branch(const std::string& from, const std::string& to, std::uint64_t seed);

  /// From now on at most so many bytes more; SQLITE_FULL beyond. None: no limit.
  void set_room(std::optional<std::int64_t> bytes) { room_ = bytes; }
  void set_read_only(bool read_only) { read_only_ = read_only; }

  /// Dies at the n-th write from now (0: never): that write and all behind it do not happen and end
  /// with an I/O error, until revive().
  void die_at_write(std::uint64_t n) { writes_to_death_ = n; }
  /// Asked before each write: whether the process has died, so that what its destructors do has no
  /// effect.
  void set_process_is_dead(std::function<bool()> is_dead) { process_is_dead_ = std::move(is_dead); }
  bool is_dead() const { return dead_ || (process_is_dead_ && process_is_dead_()); }

  /// The next process finds what the last one wrote. REQUIRES: nobody has a file open.
  void revive();
  /// The same behind a power cut.
  void lose_power();

  /// Every byte of every file, one file after the other.
  std::string all_bytes() const;

  std::uint64_t writes() const { return writes_; }
  /// What went wrong for lack of room or permission since the last call.
  std::uint64_t take_refusals() { return std::exchange(refusals_, 0); }

  // What the sqlite3_vfs and its files call.
  std::shared_ptr<DiskFile> find(const std::string& path, bool create);
  bool exists(const std::string& path) const { return files_.contains(path); }
  void remove(const std::string& path) { files_.erase(path); }
  /// SQLITE_OK when `growth` more bytes may be written now.
  int admit(std::int64_t growth);
  bool read_only() const { return read_only_; }
  void refuse() { ++refusals_; }
  Random& random() { return random_; }

 private:
  Random random_;
  sqlite3_vfs vfs_{};
  sqlite3_vfs* previous_ = nullptr;
  std::map<std::string, std::shared_ptr<DiskFile>> files_;
  std::function<bool()> process_is_dead_;
  std::optional<std::int64_t> room_;
  std::uint64_t writes_to_death_ = 0;
  std::uint64_t writes_ = 0;
  std::uint64_t refusals_ = 0;
  bool read_only_ = false;
  bool dead_ = false;
};

}  // namespace flit::test
