#pragma once
/// @file The map as people read and edit it: one YAML file per source object.
///
/// Reading reports every mistake with file, line and column, and what was probably meant; writing a
/// document and reading it back gives the same map, so a tool and a person can take turns. What
/// names mean (does that column exist?) is not looked at here: that is the business of
/// compiled_map.hpp.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "mapping/compiled_map.hpp"
#include "model/map.hpp"

namespace flit::mapping {

/// An object's map with the path it was made for.
struct ObjectDocument {
  std::string path;
  model::ObjectMap map;
};

/// Reads one file's text. None when anything was wrong: `diagnostics` then says what.
std::optional<ObjectDocument> read_object_map(std::string_view text, const std::string& file,
                                              Diagnostics& diagnostics);

/// The YAML of one object, with a head that explains it.
std::string write_object_map(const ObjectDocument& document);

/// A file of the map as it stands on the disk.
struct MapFile {
  std::filesystem::path path;
  std::string text;
  bool operator==(const MapFile&) const = default;
};

/// Every *.yaml of a folder, in the order of their names. Fault::setup with all that cannot be
/// read, and when there is none.
Result<std::vector<MapFile>> map_files(const std::filesystem::path& folder);

/// Fault::setup with all mistakes, also for two files of one object and for files of different
/// paths.
Result<model::MapDocument> read_map(const std::vector<MapFile>& files);
Result<model::MapDocument> read_map(const std::filesystem::path& folder);

/// Where an item of the map in `folder` is written; nowhere when it cannot be found any more.
Position position_of(const std::filesystem::path& folder, const MapItem& item);

}  // namespace flit::mapping
