#pragma once
/// @file Whole small files: configuration, map documents, reports.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::wiring {

/// Fault::setup when it is not there, cannot be read or is no file.
Result<std::string> read_text_file(const std::filesystem::path& path);

/// Whole or not at all: written beside and renamed. Mode 0600. Fault::setup with what stands in
/// the way.
Result<void> write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace flit::wiring
