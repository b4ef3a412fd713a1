#include "memory_disk_file.hpp"

#include <algorithm>
#include <cstring>

namespace flit::test {

struct Open {
  MemoryDisk& disk;
  std::shared_ptr<DiskFile> file;
  int lock = SQLITE_LOCK_NONE;
  unsigned shared_mask = 0;  ///< of the wal-index's locks that this handle has
  unsigned exclusive_mask = 0;
};

namespace {

Open& open_of(sqlite3_file* file) {
  return *reinterpret_cast<DiskHandle*>(file)->open;
}

int unlock(sqlite3_file* handle, int level);

int close(sqlite3_file* handle) {
  unlock(handle, SQLITE_LOCK_NONE);
  delete &open_of(handle);
  return SQLITE_OK;
}

int read(sqlite3_file* handle, void* out, int amount, sqlite3_int64 offset) {
  const std::string& content = open_of(handle).file->content;
  const auto from = std::min(static_cast<std::size_t>(offset), content.size());
  const auto wanted = static_cast<std::size_t>(amount);
  const std::size_t there = std::min(wanted, content.size() - from);
  std::memcpy(out, content.data() + from, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(out) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* handle, const void* bytes, int amount, sqlite3_int64 offset) {
  Open& open = open_of(handle);
  DiskFile& file = *open.file;
  const auto from = static_cast<std::size_t>(offset);
  const auto length = static_cast<std::size_t>(amount);
  const std::size_t end = from + length;
  const auto growth = end > file.content.size() ? end - file.content.size() : 0;
  if (const int refused = open.disk.admit(static_cast<std::int64_t>(growth)); refused != SQLITE_OK)
    return refused;
  if (growth > 0) file.content.resize(end);
  std::memcpy(file.content.data() + from, bytes, length);
  file.unsynced.push_back({from, std::string(static_cast<const char*>(bytes), length)});
  return SQLITE_OK;
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
  Open& open = open_of(handle);
  if (const int refused = open.disk.admit(0); refused != SQLITE_OK) return refused;
  open.file->content.resize(static_cast<std::size_t>(size));
  open.file->unsynced.push_back({.truncated_to = static_cast<std::size_t>(size)});
  return SQLITE_OK;
}

int sync(sqlite3_file* handle, int /*flags*/) {
  Open& open = open_of(handle);
  if (const int refused = open.disk.admit(0); refused != SQLITE_OK) return refused;
  DiskFile& file = *open.file;
  for (const DiskFile::Write& one : file.unsynced) {
    if (one.truncated_to) {
      file.durable.resize(*one.truncated_to);
      continue;
    }
    const std::size_t end = one.offset + one.bytes.size();
    if (file.durable.size() < end) file.durable.resize(end);
    std::memcpy(file.durable.data() + one.offset, one.bytes.data(), one.bytes.size());
  }
  file.unsynced.clear();
  return SQLITE_OK;
}

int size(sqlite3_file* handle, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(open_of(handle).file->content.size());
  return SQLITE_OK;
}

/// https://www.sqlite.org/lockingv3.html; PENDING is not needed, for nobody starves here.
int lock(sqlite3_file* handle, int level) {
  Open& open = open_of(handle);
  DiskFile& file = *open.file;
  if (level <= open.lock) return SQLITE_OK;
  const bool others_read = file.readers > (open.lock >= SQLITE_LOCK_SHARED ? 1 : 0);
  if (open.lock == SQLITE_LOCK_NONE) {
    if (file.exclusive) return SQLITE_BUSY;
    ++file.readers;
    open.lock = SQLITE_LOCK_SHARED;
  }
  if (level >= SQLITE_LOCK_RESERVED && open.lock < SQLITE_LOCK_RESERVED) {
    if (file.reserved) return SQLITE_BUSY;
    file.reserved = true;
    open.lock = SQLITE_LOCK_RESERVED;
  }
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    if (others_read) return SQLITE_BUSY;
    file.exclusive = true;
    open.lock = SQLITE_LOCK_EXCLUSIVE;
  }
  return SQLITE_OK;
}

int unlock(sqlite3_file* handle, int level) {
  Open& open = open_of(handle);
  DiskFile& file = *open.file;
  if (open.lock <= level) return SQLITE_OK;
  if (open.lock == SQLITE_LOCK_EXCLUSIVE) file.exclusive = false;
  if (open.lock >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED) file.reserved = false;
  if (level == SQLITE_LOCK_NONE) --file.readers;
  open.lock = level;
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* handle, int* out) {
  *out = open_of(handle).file->reserved ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file* /*handle*/, int /*what*/, void* /*argument*/) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file* /*handle*/) {
  return 4096;
}

/// As SQLite assumes of disks on Unix: a write tears nothing beside itself.
int characteristics(sqlite3_file* /*handle*/) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* handle, int region, int region_size, int extend, void volatile** out) {
  auto& regions = open_of(handle).file->shared_memory;
  *out = nullptr;
  if (static_cast<std::size_t>(region) >= regions.size() && extend == 0) return SQLITE_OK;
  while (regions.size() <= static_cast<std::size_t>(region))
    regions.push_back(std::make_unique<std::string>(static_cast<std::size_t>(region_size), '\0'));
  *out = regions[static_cast<std::size_t>(region)]->data();
  return SQLITE_OK;
}

bool is_free(const Open& open, int slot, bool exclusive) {
  const unsigned bit = 1U << static_cast<unsigned>(slot);
  const DiskFile& file = *open.file;
  if (file.exclusive_locks[slot] && (open.exclusive_mask & bit) == 0) return false;
  const int own = (open.shared_mask & bit) != 0 ? 1 : 0;
  return !exclusive || file.shared_locks[slot] == own;
}

void set_lock(Open& open, int slot, bool exclusive, bool on) {
  const unsigned bit = 1U << static_cast<unsigned>(slot);
  unsigned& mask = exclusive ? open.exclusive_mask : open.shared_mask;
  if (((mask & bit) != 0) == on) return;
  mask ^= bit;
  if (exclusive)
    open.file->exclusive_locks[slot] = on;
  else
    open.file->shared_locks[slot] += on ? 1 : -1;
}

int lock_shared(sqlite3_file* handle, int offset, int count, int flags) {
  Open& open = open_of(handle);
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const bool on = (flags & SQLITE_SHM_LOCK) != 0;
  for (int slot = offset; on && slot < offset + count; ++slot)
    if (!is_free(open, slot, exclusive)) return SQLITE_BUSY;
  for (int slot = offset; slot < offset + count; ++slot) set_lock(open, slot, exclusive, on);
  return SQLITE_OK;
}

void barrier(sqlite3_file* /*handle*/) {}

int unmap_shared(sqlite3_file* handle, int delete_it) {
  Open& open = open_of(handle);
  if (delete_it != 0) open.file->shared_memory.clear();
  for (int slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) {
    set_lock(open, slot, true, false);
    set_lock(open, slot, false, false);
  }
  return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{.iVersion = 2,
                                     .xClose = close,
                                     .xRead = read,
                                     .xWrite = write,
                                     .xTruncate = truncate,
                                     .xSync = sync,
                                     .xFileSize = size,
                                     .xLock = lock,
                                     .xUnlock = unlock,
                                     .xCheckReservedLock = is_reserved,
                                     .xFileControl = control,
                                     .xSectorSize = sector_size,
                                     .xDeviceCharacteristics = characteristics,
                                     .xShmMap = map_shared,
                                     .xShmLock = lock_shared,
                                     .xShmBarrier = barrier,
                                     .xShmUnmap = unmap_shared,
                                     .xFetch = nullptr,
                                     .xUnfetch = nullptr};

}  // namespace

void open_handle(sqlite3_file* file, MemoryDisk& disk, std::shared_ptr<DiskFile> content) {
  reinterpret_cast<DiskHandle*>(file)->open = new Open{disk, std::move(content)};
  file->pMethods = &methods;
}

}  // namespace flit::test
