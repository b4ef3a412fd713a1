#pragma once
/// @file The shipped object definitions, compiled into the binary (made by facts/embed.cmake).

#include <span>
#include <string_view>

namespace flit::sim::salesforce::facts {

/// One text per object, in the format of facts/README.md.
std::span<const std::string_view> embedded_objects();

}  // namespace flit::sim::salesforce::facts
