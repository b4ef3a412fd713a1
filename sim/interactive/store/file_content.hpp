#pragma once
/// @file The bytes of a file: kept, on disk, or made when asked for from a number.
///
/// Made bytes are a pure function of (key, size) and can be read from any offset, so a hundred
/// thousand files take no memory. Immutable; reading is safe from many threads.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/result.hpp"

namespace flit::sim::interactive {

class FileContent {
 public:
  FileContent() = default;
  static FileContent of(std::string bytes);
  /// `magic` stands at the beginning, such as "%PDF-1.7\n".
  static FileContent made(std::uint64_t key, std::uint64_t size, std::string magic = {});
  static FileContent on_disk(std::string path, std::uint64_t size);

  std::uint64_t size() const { return size_; }

  /// Fills `room` from `offset`. REQUIRES: both lie inside. False when the disk fails.
  bool read(std::uint64_t offset, std::span<char> room) const;
  std::string part(std::uint64_t offset, std::uint64_t length) const;

  std::string sha256() const;  ///< 64 hexadecimal digits
  std::string md5() const;

 private:
  template <typename Hash>
  std::string hashed() const;

  std::uint64_t key_ = 0;
  std::uint64_t size_ = 0;
  std::string text_{};  // the bytes, or their beginning
  std::string path_{};
};

}  // namespace flit::sim::interactive
