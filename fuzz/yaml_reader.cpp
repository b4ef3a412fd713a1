// Whatever the bytes, yaml::read gives a tree whose every place lies in the text, or says why not.

#include "base/yaml_reader.hpp"

#include <cstdint>
#include <memory>
#include <string>

#include "base/yaml_merge.hpp"
#include "fuzz/promise.hpp"

namespace {

using flit::Diagnostics;
using flit::Position;
using flit::SourceText;
using flit::fuzz::promise;
using flit::yaml::Entry;
using flit::yaml::Node;

void check_place(const Position& at, std::size_t size) {
  promise(at.is_known(), "every node has a position");
  promise(at.offset() <= size && at.length() <= size - at.offset(), "that lies in the text");
}

void check(const Node& node, std::size_t size) {
  check_place(node.at(), size);
  for (const Node& item : node.items()) check(item, size);
  for (const Entry& entry : node.entries()) {
    check_place(entry.key.at, size);
    promise(node.find(entry.key.text) == &entry, "keys are unique");
    check(entry.value, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = std::make_shared<const SourceText>(
      "input.yaml", std::string(reinterpret_cast<const char*>(data), size));
  Diagnostics diagnostics;
  const auto root = flit::yaml::read(source, diagnostics, {.nodes = 2000});
  promise(root.has_value() != diagnostics.has_errors(), "a tree or an error");
  if (!root) {
    promise(!diagnostics.to_error().text().empty(), "an error can be shown");
    return 0;
  }
  check(*root, size);
  promise(flit::yaml::merged(*root, *root).same_content(*root),
          "merging with itself changes nothing");
  return 0;
}
