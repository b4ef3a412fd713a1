#pragma once
/// @file A folder for a ledger, made where the program was started and gone with this.
///
/// Not below /tmp, which may be memory: what a write to disk costs is part of the question.

#include <filesystem>
#include <string>

#include <unistd.h>

namespace flit::bench {

class Folder {
 public:
  Folder() : path_(std::filesystem::current_path() / ("ledger-" + std::to_string(::getpid()))) {
    clear();
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// Empty again.
  void clear() {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace flit::bench
