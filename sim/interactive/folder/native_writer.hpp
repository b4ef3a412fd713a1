#pragma once
/// @file `--write DIR`: everything in API form, so that `--data DIR` serves the same bytes.

#include <string>

#include "base/result.hpp"
#include "sim/interactive/truth/truth.hpp"

namespace flit::sim::interactive {

/// Makes the folder if need be; files that are there are replaced.
Result<void> write_native(const std::string& folder, const Dataset& data,
                          const TruthSettings& truth);

}  // namespace flit::sim::interactive
