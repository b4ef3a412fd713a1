#pragma once
/// @file What exactly was approved: a hash over named parts, so that a change can be named.
///
/// A gate's approval carries the fingerprint of everything that it was given for, and of each part.
/// Later the same parts are fingerprinted again: equal, the approval holds; else it is void, and
/// the parts that differ say why. Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace flit::engine {

using Parts = std::map<std::string, std::string>;  ///< name → fingerprint of its content

/// SHA-256 of the content, as hex.
std::string fingerprint_of(std::string_view content);

/// Of all parts together; independent of nothing but names and contents.
std::string fingerprint_of(const Parts& parts);

/// Names of the parts that were added, removed or changed, in order, each with what happened:
/// "map/contacts.yaml changed".
std::vector<std::string> changes(const Parts& approved, const Parts& now);

}  // namespace flit::engine
