// multipart/form-data: the first line is the Content-Type, the rest the body. Parts lie inside the
// body, or there is a reason.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/salesforce/bulk/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using flit::fuzz::promise;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view body = text.substr(std::min(line + 1, text.size()));
  const auto parts = flit::sim::salesforce::bulk::read_form(text.substr(0, line), body);
  if (!parts) {
    promise(!parts.error().message.empty(), "a refusal has a reason");
    return 0;
  }
  for (const auto& part : *parts) {
    promise(!part.name.empty(), "a part has a name");
    promise(part.content.empty() ||
                (part.content.data() >= body.data() &&
                 part.content.data() + part.content.size() <= body.data() + body.size()),
            "a part lies inside the body");
  }
  return 0;
}
