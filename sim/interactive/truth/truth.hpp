#pragma once
/// @file What a migration of this data must come to: `truth.json` (facts/sources.md §0.5).
///
/// Outcomes, findings, counts and sums are derived from the data as they are now, so edits change
/// them; the cases are noted by the generator. How each outcome follows, and what the fact sheet
/// leaves open, is told in this room's README.

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

enum class Path { dynamics365, salesforce };

struct TruthSettings {
  Path path = Path::dynamics365;
  /// Bytes of a file beyond which it goes to the oversized manifest; 0: the path's default
  /// (Dataverse: 131,072,000 bytes of base64; Salesforce: 25 MiB).
  std::uint64_t file_limit = 0;
};

std::string truth_text(const Dataset& data, const TruthSettings& settings);

}  // namespace flit::sim::interactive
