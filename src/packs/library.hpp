#pragma once
/// @file All packs of an installation: found, read and checked together.
///
/// Packs are shipped inside the binary, so that it runs from anywhere; a folder of the same shape
/// (sources/, destinations/, paths/) replaces them. What a source or destination pack says beyond
/// its name belongs to the protocol that it speaks, and is read there.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/yaml_node.hpp"
#include "packs/path_pack.hpp"

namespace flit::packs {

/// A platform: its name, the protocol that talks to it, and everything else for that protocol.
struct PlatformPack {
  std::string name;    ///< "interactive"
  std::string title;   ///< "Interactive"
  std::string speaks;  ///< "rest": a folder in src/sources or src/destinations
  yaml::Node body;     ///< the remaining keys, with their positions
};

/// One file of a pack folder.
struct PackFile {
  std::string name;  ///< "paths/interactive-to-dynamics365.yaml"
  std::string text;
};

/// What ships inside the binary.
std::vector<PackFile> shipped_files();

/// A folder of the same shape. Fault::setup when it cannot be read.
Result<std::vector<PackFile>> files_of(const std::filesystem::path& folder);

class Library {
 public:
  /// Fault::setup with every mistake of every file, its place, and what was probably meant.
  static Result<Library> read(const std::vector<PackFile>& files);

  const std::vector<PathPack>& paths() const { return paths_; }
  const std::vector<PlatformPack>& sources() const { return sources_; }
  const std::vector<PlatformPack>& destinations() const { return destinations_; }

  /// Fault::setup with the name that was probably meant.
  Result<const PathPack*> path(std::string_view name) const;
  Result<const PlatformPack*> source(std::string_view name) const;
  Result<const PlatformPack*> destination(std::string_view name) const;

 private:
  std::vector<PathPack> paths_;
  std::vector<PlatformPack> sources_;
  std::vector<PlatformPack> destinations_;
};

}  // namespace flit::packs
