#pragma once
/// @file Memory for one batch: bump allocation, freed all at once, kept for the next batch.
///
/// Everything in an arena is trivially destructible and lives until reset(). Addresses do not move.
/// Not thread-safe: a batch belongs to one lane at a time.

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace flit::model {

class Arena {
 public:
  static constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  /// REQUIRES: `alignment` is a power of two.
  void* allocate(std::size_t bytes, std::size_t alignment) {
    if (current_ < chunks_.size()) {
      Chunk& chunk = chunks_[current_];
      const std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
      if (start + bytes <= chunk.size) {
        used_ = start + bytes;
        return chunk.bytes.get() + start;
      }
    }
    return allocate_elsewhere(bytes);
  }

  /// The same text, here.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  template <typename T>
  std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    T* first = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    for (std::size_t i = 0; i < count; ++i) ::new (first + i) T{};
    return {first, count};
  }

  /// Forgets everything; chunks of the usual size are kept for the next batch.
  void reset();

  /// Bytes held, for the memory figure that is printed at start.
  std::size_t capacity() const;

 private:
  /// In the next chunk that has room, or in a new one.
  void* allocate_elsewhere(std::size_t bytes);

  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };
  std::vector<Chunk> chunks_;
  std::size_t current_ = 0;  // chunks_ before it are full
  std::size_t used_ = 0;     // of chunks_[current_]
};

}  // namespace flit::model
