#pragma once
/// @file Durations as people type them on a command line: "10ms", "1.5s", "2m".

#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace flit::sim {

/// A number, decimals allowed, and one of us, ms, s, m (or min), h, d. Never negative, at most
/// 1,000 days. Fault::setup otherwise.
Result<Duration> parse_duration(std::string_view text);

}  // namespace flit::sim
