#include "apps/wiring/map_reader.hpp"

#include <utility>

namespace flit::wiring {

Result<model::MapDocument> MapReader::read(const std::filesystem::path& folder) {
  FLIT_TRY(files, mapping::map_files(folder));
  if (map_ && files == files_) return *map_;
  map_.reset();
  FLIT_TRY(map, mapping::read_map(files));
  files_ = std::move(files);
  map_ = std::move(map);
  return *map_;
}

}  // namespace flit::wiring
