#pragma once
/// @file What a custom thing may be called (fact sheet §6.2).

#include <optional>
#include <string>
#include <string_view>

namespace flit::sim::salesforce::metadata {

inline constexpr std::size_t max_api_name = 40;  ///< characters before "__c"
inline constexpr std::size_t max_label = 40;

/// Why a developer name is refused; none if it is fine. `what` names it: "Custom Field".
std::optional<std::string> name_problem(std::string_view what, std::string_view name);

/// Without the "__c" at its end; the name itself if there is none.
std::string_view without_suffix(std::string_view name);
bool has_suffix(std::string_view name);

}  // namespace flit::sim::salesforce::metadata
