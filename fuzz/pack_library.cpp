// Any text in place of a shipped pack is refused, with the places of its mistakes, or read as what
// its protocol needs. The first byte chooses the pack: s(ource), d(estination), otherwise the path.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "destinations/dataverse/settings.hpp"
#include "fuzz/promise.hpp"
#include "packs/library.hpp"
#include "sources/rest/spec.hpp"

namespace {

using namespace flit;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

std::string_view name_of(char kind) {
  if (kind == 's') return "sources/interactive.yaml";
  if (kind == 'd') return "destinations/dynamics365.yaml";
  return "paths/interactive-to-dynamics365.yaml";
}

template <typename T>
void check(const Result<T>& read) {
  promise(read.has_value() || read.error().fault == Fault::setup, "a pack's mistake is set-up");
  promise(read.has_value() || !read.error().text().empty(), "and can be shown");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto kind = static_cast<char>(data[0]);
  const packs::PackFile file{std::string(name_of(kind)),
                             std::string(reinterpret_cast<const char*>(data) + 1, size - 1)};
  const auto library = packs::Library::read({file});
  check(library);
  if (!library) return 0;
  for (const packs::PlatformPack& pack : library->sources())
    check(sources::rest::read_spec(pack, yaml::Node()));
  for (const packs::PlatformPack& pack : library->destinations())
    check(destinations::dataverse::read_platform(pack));
  return 0;
}
