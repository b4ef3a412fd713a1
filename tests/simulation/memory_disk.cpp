#include "memory_disk.hpp"

#include <algorithm>
#include <cstring>

#include "base/check.hpp"
#include "memory_disk_file.hpp"

namespace flit::test {
namespace {

MemoryDisk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<MemoryDisk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  MemoryDisk& disk = disk_of(vfs);
  file->pMethods = nullptr;
  const bool writes = (flags & SQLITE_OPEN_READWRITE) != 0;
  if (writes && name != nullptr && disk.read_only()) {
    disk.refuse();
    return SQLITE_CANTOPEN;
  }
  // The main file is made by the product before SQLite sees it, with its permissions.
  const bool create =
      (flags & SQLITE_OPEN_MAIN_DB) != 0 || (writes && (flags & SQLITE_OPEN_CREATE) != 0);
  auto found = name == nullptr ? std::make_shared<DiskFile>() : disk.find(name, create);
  if (!found) return SQLITE_CANTOPEN;
  open_handle(file, disk, std::move(found));
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int /*sync*/) {
  MemoryDisk& disk = disk_of(vfs);
  if (disk.is_dead()) return SQLITE_IOERR_DELETE;
  if (!disk.exists(name)) return SQLITE_IOERR_DELETE_NOENT;
  disk.remove(name);
  return SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* answer) {
  *answer = disk_of(vfs).exists(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs* /*vfs*/, const char* name, int room, char* out) {
  const std::size_t length = std::strlen(name);
  if (static_cast<std::size_t>(room) <= length) return SQLITE_CANTOPEN;
  std::memcpy(out, name, length + 1);
  return SQLITE_OK;
}

/// Salts of the log: drawn, so that a seed replays byte for byte.
int randomness(sqlite3_vfs* vfs, int count, char* out) {
  for (int i = 0; i < count; ++i) out[i] = static_cast<char>(disk_of(vfs).random().below(256));
  return count;
}

int no_sleep(sqlite3_vfs* /*vfs*/, int microseconds) {
  return microseconds;
}

int no_time(sqlite3_vfs* /*vfs*/, double* julian_day) {
  *julian_day = 2'461'000.5;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs* /*vfs*/, int /*room*/, char* /*out*/) {
  return 0;
}

/// What is left of an unsynced write when the power goes.
void keep_some(DiskFile& file, const DiskFile::Write& write, Random& random) {
  if (random.one_in(2)) return;
  if (write.truncated_to) {
    file.durable.resize(*write.truncated_to);
    return;
  }
  const std::size_t length = random.one_in(4)
                                 ? static_cast<std::size_t>(random.below(write.bytes.size() + 1))
                                 : write.bytes.size();
  if (file.durable.size() < write.offset + length) file.durable.resize(write.offset + length);
  std::memcpy(file.durable.data() + write.offset, write.bytes.data(), length);
}

}  // namespace

MemoryDisk::MemoryDisk(std::uint64_t seed) : random_(seed, "disk") {
  vfs_.iVersion = 1;
  vfs_.szOsFile = static_cast<int>(sizeof(DiskHandle));
  vfs_.mxPathname = 512;
  vfs_.zName = "flit-memory";
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = delete_file;
  vfs_.xAccess = access_file;
  vfs_.xFullPathname = full_name;
  vfs_.xRandomness = randomness;
  vfs_.xSleep = no_sleep;
  vfs_.xCurrentTime = no_time;
  vfs_.xGetLastError = last_error;
  previous_ = sqlite3_vfs_find(nullptr);
  FLIT_CHECK(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK, "a file system can be registered");
}

MemoryDisk::~MemoryDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(previous_, 1);
}

std::shared_ptr<DiskFile> MemoryDisk::find(const std::string& path, bool create) {
  const auto found = files_.find(path);
  if (found != files_.end()) return found->second;
  if (!create) return nullptr;
  return files_.emplace(path, std::make_shared<DiskFile>()).first->second;
}

void MemoryDisk::branch(const std::string& from, const std::string& to, std::uint64_t seed) {
  random_ = Random(seed, "disk");
  std::map<std::string, std::shared_ptr<DiskFile>> moved;
  for (auto& [path, file] : files_)
    moved.emplace(path.starts_with(from) ? to + path.substr(from.size()) : path, std::move(file));
  files_ = std::move(moved);
}

int MemoryDisk::admit(std::int64_t growth) {
  if (is_dead()) return SQLITE_IOERR_WRITE;
  ++writes_;
  if (writes_to_death_ > 0 && --writes_to_death_ == 0) {
    dead_ = true;
    return SQLITE_IOERR_WRITE;
  }
  if (read_only_) return refuse(), SQLITE_READONLY;
  if (room_ && growth > 0) {
    if (*room_ < growth) return refuse(), SQLITE_FULL;
    *room_ -= growth;
  }
  return SQLITE_OK;
}

std::string MemoryDisk::all_bytes() const {
  std::string bytes;
  for (const auto& [path, file] : files_) bytes += file->content + file->durable;
  return bytes;
}

void MemoryDisk::revive() {
  dead_ = false;
  writes_to_death_ = 0;
  process_is_dead_ = nullptr;
  for (auto& [path, file] : files_) {
    file->shared_memory.clear();
    std::fill(std::begin(file->shared_locks), std::end(file->shared_locks), 0);
    std::fill(std::begin(file->exclusive_locks), std::end(file->exclusive_locks), false);
    file->readers = 0;
    file->reserved = false;
    file->exclusive = false;
  }
}

void MemoryDisk::lose_power() {
  for (auto& [path, file] : files_) {
    std::vector<DiskFile::Write> lost = std::exchange(file->unsynced, {});
    random_.shuffle(std::span<DiskFile::Write>(lost));
    for (const DiskFile::Write& write : lost) keep_some(*file, write, random_);
    file->content = file->durable;
  }
  revive();
}

}  // namespace flit::test
