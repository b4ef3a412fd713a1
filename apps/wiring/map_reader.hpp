#pragma once
/// @file The map in map/, which a command asks for several times and people may edit meanwhile.

#include <filesystem>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "mapping/document.hpp"
#include "model/map.hpp"

namespace flit::wiring {

/// Parses the map anew only when a file of it is not as it was. Not thread-safe.
class MapReader {
 public:
  /// As mapping::read_map().
  Result<model::MapDocument> read(const std::filesystem::path& folder);

 private:
  std::vector<mapping::MapFile> files_{};  // of which map_ was parsed
  std::optional<model::MapDocument> map_{};
};

}  // namespace flit::wiring
