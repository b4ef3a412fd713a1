#pragma once
/// @file From a data set folder to a Dataset: what `flitsim interactive --data DIR` serves.
///
/// Same files and manifest, same bytes served. Checks that do not hold are errors.

#include <memory>
#include <string>

#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

struct FolderSettings {
  std::string folder{};
  std::string manifest = "interactive.yaml";  ///< a name below the folder, or a path of its own
};

/// Fault::setup, naming file and line, or input and row.
Result<std::unique_ptr<Dataset>> load_folder(const FolderSettings& settings);

}  // namespace flit::sim::interactive
