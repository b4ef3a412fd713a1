#include "apps/wiring/map_reader.hpp"

#include <algorithm>
#include <vector>

#include "apps/wiring/text_file.hpp"
#include "mapping/document.hpp"

namespace flit::wiring {
namespace {

namespace fs = std::filesystem;

/// Everything that read_map() looks at; none when something cannot be read, which it will say.
std::optional<std::string> text_of(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    if (at->path().extension() == ".yaml") files.push_back(at->path());
  if (failed) return {};
  std::sort(files.begin(), files.end());
  std::string all;
  for (const fs::path& file : files) {
    const auto text = read_text_file(file);
    if (!text) return {};
    all.append(file.string()).push_back('\0');
    all.append(*text).push_back('\0');
  }
  return all;
}

}  // namespace

Result<model::MapDocument> MapReader::read(const fs::path& folder) {
  std::optional<std::string> text = text_of(folder);
  if (text && map_ && *text == text_) return *map_;
  map_.reset();
  FLIT_TRY(map, mapping::read_map(folder));
  if (text) {
    text_ = std::move(*text);
    map_ = map;
  }
  return map;
}

}  // namespace flit::wiring
