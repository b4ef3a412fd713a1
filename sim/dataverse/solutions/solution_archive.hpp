#pragma once
/// @file A solution file, unpacked: names and contents of its parts.
///
/// Libzip reads and is seen only in the .cpp file. Bounded: 2,000 parts of 64 MiB together.

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::dataverse {

/// "customizations.xml", "Workflows/Loan-….xaml"; in lower case, because writers differ.
using SolutionFiles = std::map<std::string, std::string, std::less<>>;

/// Code 0x80048060 when the bytes are no archive that can be read.
Result<SolutionFiles> unpack_solution(std::string_view bytes);

}  // namespace flit::sim::dataverse
