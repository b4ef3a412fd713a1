#pragma once
/// @file XML as a stream of starts, texts and ends: what the readers of solution files need.
///
/// Expat reads and is seen only in the .cpp file. Document types are refused, depth and size are
/// bounded. Attribute and element names are given without their prefixes.

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::dataverse {

using XmlAttributes = std::map<std::string, std::string, std::less<>>;

struct XmlHandler {
  std::function<void(std::string_view name, const XmlAttributes&)> start{};
  /// `text`: all character data directly inside the element.
  std::function<void(std::string_view name, std::string_view text)> end{};
};

inline constexpr int max_xml_depth = 256;

/// Code 0x8004802c for what is not well-formed.
Result<void> read_xml(std::string_view xml, const XmlHandler& handler);

}  // namespace flit::sim::dataverse
