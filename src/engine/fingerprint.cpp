#include "engine/fingerprint.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"

namespace flit::engine {

std::string fingerprint_of(std::string_view content) {
  return sha256_hex(content);
}

std::string fingerprint_of(const Parts& parts) {
  std::string all;
  for (const auto& [name, content] : parts)
    all += fmt::format("{}:{}={}\n", name.size(), name, content);
  return sha256_hex(all);
}

std::vector<std::string> changes(const Parts& approved, const Parts& now) {
  std::vector<std::string> found;
  for (const auto& [name, content] : approved) {
    const auto same = now.find(name);
    if (same == now.end())
      found.push_back(name + " is gone");
    else if (same->second != content)
      found.push_back(name + " changed");
  }
  for (const auto& [name, content] : now)
    if (!approved.contains(name)) found.push_back(name + " is new");
  return found;
}

}  // namespace flit::engine
