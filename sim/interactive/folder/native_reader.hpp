#pragma once
/// @file The folder that `--write` leaves, read back (facts/sources.md §1.12, `native:`).

#include <string>

#include "base/result.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

/// Fills a data set that has the standard objects. Fault::setup, naming file and line.
Result<void> read_native(const std::string& folder, Dataset& data);

}  // namespace flit::sim::interactive
