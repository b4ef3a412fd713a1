#pragma once
/// @file The map in map/, which a command asks for several times and people may edit meanwhile.

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "model/map.hpp"

namespace flit::wiring {

/// Parses the map anew only when a file of it has another text than before. Not thread-safe.
class MapReader {
 public:
  /// As mapping::read_map().
  Result<model::MapDocument> read(const std::filesystem::path& folder);

 private:
  std::string text_{};  // names and texts of all files, as they were parsed
  std::optional<model::MapDocument> map_{};
};

}  // namespace flit::wiring
