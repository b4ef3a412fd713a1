#pragma once
/// @file A file that a report is written to: buffered, whole or not at all.
///
/// Written beside its place and renamed when finish() succeeds; mode 0600, because reports hold
/// personal data. Errors are kept and returned by finish(). Not thread-safe.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.hpp"

namespace flit::reports {

class Output {
 public:
  explicit Output(std::filesystem::path file);
  ~Output();  ///< without finish(): nothing is left
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  Output& write(std::string_view text);

  /// Fault::setup with what stands in the way: folder, rights, disk.
  Result<void> finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::filesystem::path file_;
  std::filesystem::path beside_;
  std::unique_ptr<std::FILE, Close> stream_;
  int failed_ = 0;  // errno of the first failure
};

}  // namespace flit::reports
