#pragma once
/// @file Files out of a zip archive in memory and back into one, within the platform's limits (fact
/// sheet §6.1).
///
/// libzip does the work and is seen only in the .cpp file. Folders are left out.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::salesforce::metadata {

/// A deploy's by default (§6.1); a Bulk 1.0 batch has others.
struct ZipLimits {
  std::size_t bytes = 39UL * 1024 * 1024;
  std::size_t unzipped_bytes = 600UL * 1024 * 1024;
  std::size_t files = 10'000;
};

struct ZipFile {
  std::string path{};
  std::string bytes{};
};

/// In the archive's order. Fault::permanent when it is broken, encrypted or too large.
Result<std::vector<ZipFile>> read_zip(std::string_view archive, const ZipLimits& limits = {});

/// An archive of the files, in their order.
Result<std::string> write_zip(const std::vector<ZipFile>& files);

}  // namespace flit::sim::salesforce::metadata
