#pragma once
/// @file Reads one YAML document into a tree (base/yaml_node.hpp), strictly.
///
/// What YAML allows and configuration does not need is refused with a sentence that says what to
/// write instead: duplicate keys, keys that are no text, merge keys, tags other than !!str, !!map
/// and !!seq, tabs as indentation, several documents, control characters, anything but UTF-8.
/// Aliases are expanded within a budget, so that no small file becomes a large tree. yaml-cpp does
/// the scanning and is seen only in the .cpp file. No I/O: the caller brings the text. Safe to call
/// from many threads.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "base/result.hpp"
#include "base/source_text.hpp"
#include "base/yaml_node.hpp"

namespace flit::yaml {

struct ReadLimits {
  std::size_t bytes = 16U << 20U;  ///< of text
  std::size_t depth = 64;          ///< levels of lists and maps, aliases expanded
  std::size_t nodes = 200'000;     ///< aliases expanded; 64 bytes of an alias' text count as a node
};

/// The document's root, a null node if there is no document in the text. None when anything was
/// wrong: `diagnostics` then holds at least one error.
std::optional<Node> read(const std::shared_ptr<const SourceText>& source, Diagnostics& diagnostics,
                         const ReadLimits& limits = {});

/// The same for one text, all diagnostics in one Error (Fault::setup).
Result<Node> read(std::string name, std::string text);

}  // namespace flit::yaml
