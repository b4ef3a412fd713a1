// What was kept of a schema and of both ends' facts may have been edited or cut: it is read or
// refused, and what is read is written the same way ever after.

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "model/facts_json.hpp"
#include "model/schema_json.hpp"

namespace {

using namespace flit::model;  // NOLINT(google-build-using-namespace)

template <typename Read>
void check(std::string_view text, Read read) {
  const auto once = read(text);
  if (!once) return flit::fuzz::promise(!once.error().text().empty(), "an error can be shown");
  const std::string written = to_json(*once);
  const auto again = read(written);
  flit::fuzz::promise(again.has_value(), "what is written can be read");
  flit::fuzz::promise(to_json(*again) == written, "and is written the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, [](std::string_view json) { return schema_of_json(json); });
  check(text, [](std::string_view json) { return source_facts_of_json(json); });
  check(text, [](std::string_view json) { return destination_facts_of_json(json); });
  return 0;
}
