#pragma once
/// @file The API versions that are served side by side (fact sheet, version map; §9.2, §10).

#include <string>
#include <string_view>

namespace flit::sim::salesforce {

inline constexpr int oldest_version = 47;
inline constexpr int newest_version = 66;

/// GET /services/data/: every version with its release.
std::string versions_json();

/// "v66.0" or "v66" of a path, as "66.0"; empty for what is not served.
std::string served_version(std::string_view segment);

}  // namespace flit::sim::salesforce
