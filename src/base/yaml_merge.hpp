#pragma once
/// @file One document laid over another: `extends:` in a file, overrides in flitstack.yaml.
///
/// Maps merge key by key, deep; everything else (lists and null too) replaces what it covers. The
/// base's keys keep their order, new ones follow in the overlay's. Every node keeps the position of
/// the file it came from, so a mistake is shown where it was made. Laws: merging with an empty map
/// changes nothing, merging twice is merging once, and where no value changes its kind it does not
/// matter in which order three documents are laid over each other. No I/O: the caller loads files.

#include <functional>
#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "base/yaml_node.hpp"

namespace flit::yaml {

Node merged(Node base, Node overlay);

/// Gives the text of a file, or why it cannot.
using Load = std::function<Result<std::string>(const std::string& path)>;

/// Reads `path`, and lays it over the file that its top-level `extends:` names (relative to the
/// folder of the file that says so), and so on, at most eight files deep. The key `extends` itself
/// is gone from the result. None when anything was wrong: `diagnostics` says what.
std::optional<Node> read_extended(const std::string& path, const Load& load,
                                  Diagnostics& diagnostics);

}  // namespace flit::yaml
