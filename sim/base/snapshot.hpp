#pragma once
/// @file Files of a simulator: those named by options, and the snapshot of its state.
///
/// Writing goes through a temporary file beside the target and a rename, so that a reader (or the
/// next start) sees the old state or the new one, never half of it. Errors name the file.

#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim {

/// Fault::setup when the file cannot be read or is longer than `most_bytes`.
Result<std::string> read_file(const std::string& path, std::uint64_t most_bytes = 1ULL << 32U);

bool file_exists(const std::string& path);

/// A snapshot: a first line that says whose it is and in which version, then lines that are the
/// simulator's own business (one JSON value each, by custom).
///
///     {"flitsim_snapshot": "dataverse", "version": 1}
class SnapshotWriter {
 public:
  static Result<SnapshotWriter> create(const std::string& path, std::string_view kind, int version);

  SnapshotWriter(SnapshotWriter&& other) noexcept;
  SnapshotWriter& operator=(SnapshotWriter&&) = delete;
  ~SnapshotWriter();  ///< without commit() nothing is left behind

  /// Adds a line end. REQUIRES: no line end inside.
  void line(std::string_view text);

  /// Everything is on disk under the real name, or an error and the old file is untouched.
  Result<void> commit();

 private:
  SnapshotWriter(std::string path, std::ofstream out);
  std::string path_;
  std::ofstream out_;
  bool open_ = true;  // a partial file is ours to remove
};

class SnapshotReader {
 public:
  /// Fault::setup when the file is no snapshot, of another kind, or of a version that is newer.
  static Result<SnapshotReader> open(const std::string& path, std::string_view kind, int version);

  int version() const { return version_; }

  /// The next line; empty at the end.
  std::optional<std::string> line();

 private:
  explicit SnapshotReader(std::ifstream in) : in_(std::move(in)) {}
  std::ifstream in_;
  int version_ = 0;
};

}  // namespace flit::sim
