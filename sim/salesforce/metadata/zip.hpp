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

inline constexpr std::size_t max_zip_bytes = 39UL * 1024 * 1024;
inline constexpr std::size_t max_unzipped_bytes = 600UL * 1024 * 1024;
inline constexpr std::size_t max_zip_files = 10'000;

struct ZipFile {
  std::string path{};
  std::string bytes{};
};

/// In the archive's order. Fault::permanent when it is broken, encrypted or too large.
Result<std::vector<ZipFile>> read_zip(std::string_view archive);

/// An archive of the files, in their order.
Result<std::string> write_zip(const std::vector<ZipFile>& files);

}  // namespace flit::sim::salesforce::metadata
