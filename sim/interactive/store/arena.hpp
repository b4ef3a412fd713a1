#pragma once
/// @file Bytes that are written once and stay: the memory behind all records of a table.
///
/// An edit appends the record's new form and leaves the old one behind. Not thread-safe to add to;
/// what was added never moves.

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace flit::sim::interactive {

class Arena {
 public:
  /// A copy that lives as long as the arena.
  const char* keep(std::string_view bytes) {
    if (bytes.size() > left_) {
      const std::size_t size = std::max(bytes.size(), chunk_bytes);
      chunks_.push_back(std::unique_ptr<char[]>(new char[size]));
      next_ = chunks_.back().get();
      left_ = size;
      allocated_ += size;
    }
    char* const at = next_;
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return at;
  }

  std::size_t bytes() const { return allocated_; }

 private:
  static constexpr std::size_t chunk_bytes = 1U << 18U;

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t allocated_ = 0;
};

}  // namespace flit::sim::interactive
