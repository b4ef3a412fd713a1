#include "base/yaml_merge.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/yaml_reader.hpp"

namespace flit::yaml {
namespace {

constexpr std::size_t max_chain = 8;

/// "packs/sources/acme.yaml" names "../base.yaml": "packs/base.yaml". Text only, no file is
/// touched.
std::string beside(const std::string& path, const std::string& name) {
  return (std::filesystem::path(path).parent_path() / name).lexically_normal().generic_string();
}

std::optional<Node> read_one(const std::string& path, const Position& named_at, const Load& load,
                             Diagnostics& diagnostics) {
  auto text = load(path);
  if (!text) {
    diagnostics.error(named_at, fmt::format("cannot read {}: {}", path, text.error().message),
                      text.error().remedy);
    return {};
  }
  return read(std::make_shared<SourceText>(path, std::move(*text)), diagnostics);
}

Node without(const Node& map, const Entry& removed) {
  std::vector<Entry> entries;
  for (const Entry& entry : map.entries())
    if (&entry != &removed) entries.push_back(entry);
  return Node::map(std::move(entries), map.at());
}

}  // namespace

Node merged(Node base, Node overlay) {
  if (!base.is_map() || !overlay.is_map()) return overlay;
  const Position at = base.at();
  std::vector<Entry> entries = std::move(base).take_entries();
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < entries.size(); ++i) index.emplace(entries[i].key.text, i);
  for (Entry& entry : std::move(overlay).take_entries()) {
    const auto known = index.find(entry.key.text);
    if (known == index.end()) {
      entries.push_back(std::move(entry));
      continue;
    }
    Entry& covered = entries[known->second];
    covered.value = merged(std::move(covered.value), std::move(entry.value));
    covered.key = std::move(entry.key);
  }
  return Node::map(std::move(entries), at);
}

std::optional<Node> read_extended(const std::string& path, const Load& load,
                                  Diagnostics& diagnostics) {
  std::vector<std::string> chain = {path};
  std::vector<Node> layers;  // the file asked for first, the one that everything rests on last
  for (Position named_at;;) {
    auto node = read_one(chain.back(), named_at, load, diagnostics);
    if (!node) return {};
    const Entry* extends = node->find("extends");
    if (extends == nullptr) {
      layers.push_back(std::move(*node));
      break;
    }
    named_at = extends->value.at();
    if (!extends->value.is_text()) {
      diagnostics.error(named_at, "'extends' expects the name of a file");
      return {};
    }
    std::string next = beside(chain.back(), extends->value.text());
    if (std::find(chain.begin(), chain.end(), next) != chain.end()) {
      diagnostics.error(named_at, fmt::format("{} extends itself", next), "remove one 'extends'");
      return {};
    }
    if (chain.size() == max_chain) {
      diagnostics.error(named_at, fmt::format("more than {} files extend each other", max_chain));
      return {};
    }
    layers.push_back(without(*node, *extends));
    chain.push_back(std::move(next));
  }
  Node result = std::move(layers.back());
  for (layers.pop_back(); !layers.empty(); layers.pop_back())
    result = merged(std::move(result), std::move(layers.back()));
  return result;
}

}  // namespace flit::yaml
