#pragma once
/// @file The shipped table definitions, compiled into the binary (made by facts/embed.cmake).

#include <span>
#include <string_view>

namespace flit::sim::dataverse::facts {

/// One text per table, in the format of facts/README.md.
std::span<const std::string_view> embedded_tables();

}  // namespace flit::sim::dataverse::facts
